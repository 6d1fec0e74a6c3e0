package io.barnabas.group;

import io.barnabas.wire.TopicPartition;
import java.util.Map;

/**
 * A group's offsets are to be stored.
 *
 * @param memberId "" for somebody who is not a member
 * @param instanceId null unless a static member
 * @param generation negative for somebody who is not a member
 */
public record CommitRequest(
        String groupId,
        String memberId,
        String instanceId,
        int generation,
        Map<TopicPartition, CommittedOffset> offsets) {

    boolean isFromOutside() {
        return generation < 0 && memberId.equals(JoinRequest.UNKNOWN_MEMBER_ID) && instanceId == null;
    }
}
