package io.barnabas.group;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.group.FetchAnswer.FetchedOffset;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OffsetFetch: how far a group has got. A group that does not exist has got nowhere, which is no error. */
final class OffsetFetches {
    private final Groups groups;

    OffsetFetches(Groups groups) {
        this.groups = groups;
    }

    /**
     * @param partitions null for all that have an offset
     * @param requireStable what an open transaction is about to change is not told
     */
    Step<GroupRecord> fetch(
            String groupId, List<TopicPartition> partitions, boolean requireStable, Waiter<FetchAnswer> waiter) {
        Group group = groups.find(groupId);
        Map<TopicPartition, FetchedOffset> offsets = new LinkedHashMap<>();
        for (TopicPartition partition : asked(group, partitions)) {
            offsets.put(partition, fetch(group, partition, requireStable));
        }
        return Step.of(Effect.reply(waiter, new FetchAnswer(ErrorCode.NONE, offsets)));
    }

    private static Collection<TopicPartition> asked(Group group, List<TopicPartition> partitions) {
        if (partitions != null) {
            return partitions;
        }
        return group == null ? List.of() : group.offsets.partitions();
    }

    private static FetchedOffset fetch(Group group, TopicPartition partition, boolean requireStable) {
        if (group == null) {
            return FetchedOffset.none(ErrorCode.NONE);
        }
        if (requireStable && group.offsets.isUndecided(partition)) {
            return FetchedOffset.none(ErrorCode.UNSTABLE_OFFSET_COMMIT);
        }
        CommittedOffset committed = group.offsets.get(partition);
        return committed == null ? FetchedOffset.none(ErrorCode.NONE) : FetchedOffset.of(committed);
    }
}
