package io.barnabas.group;

import io.barnabas.wire.ErrorCode;
import java.util.List;

/**
 * What a member hears once the join phase is over, or at once when it is refused.
 *
 * @param protocolType null when refused
 * @param protocolName null when refused
 * @param skipAssignment the member is the leader, but everybody keeps what they have
 * @param members the whole group, for the leader; otherwise empty
 */
public record JoinAnswer(
        ErrorCode error,
        int generation,
        String protocolType,
        String protocolName,
        String leaderId,
        boolean skipAssignment,
        String memberId,
        List<JoinedMember> members) {
    public static final int NO_GENERATION = -1;
    private static final String NOBODY = "";

    public static JoinAnswer refused(String memberId, ErrorCode error) {
        return new JoinAnswer(error, NO_GENERATION, null, null, NOBODY, false, memberId, List.of());
    }

    /** A member as the leader sees it. */
    public record JoinedMember(String memberId, String instanceId, byte[] metadata) {}
}
