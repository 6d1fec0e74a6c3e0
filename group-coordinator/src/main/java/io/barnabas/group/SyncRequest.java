package io.barnabas.group;

import java.util.Map;

/**
 * A member of a new generation asks for its assignment; the leader brings everybody's.
 *
 * @param instanceId of a static member, else null
 * @param protocolType null when the client did not say
 * @param protocolName null when the client did not say
 */
public record SyncRequest(
        String groupId,
        int generation,
        String memberId,
        String instanceId,
        String protocolType,
        String protocolName,
        Map<String, byte[]> assignments) {}
