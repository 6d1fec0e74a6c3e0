package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Now and then forgets offsets that nobody uses any more, and empty groups that have none. */
final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private final Groups groups;
    private final GroupSettings settings;

    Expiry(Groups groups, GroupSettings settings) {
        this.groups = groups;
        this.settings = settings;
    }

    void schedule(Outcome outcome, long delayMs) {
        outcome.setTimer(GroupTimer.expiry(), delayMs, this::timeUp);
    }

    private Step<GroupRecord> timeUp(long nowMs) {
        Outcome outcome = new Outcome();
        Tombstones.Budget budget = new Tombstones.Budget();
        int offsets = 0;
        for (Group group : groups.all()) {
            List<TopicPartition> expired = budget.fitting(
                    group.offsets.partitions((partition, offset) -> isExpired(group, partition, offset, nowMs)));
            offsets += expired.size();
            budget.spend(Tombstones.of(group, expired, Removals.isUnused(group), outcome));
            if (budget.isSpent()) {
                break;
            }
        }
        if (offsets > 0) {
            LOG.info("Removing {} expired offsets", offsets);
        }
        schedule(outcome, budget.isSpent() ? 0 : settings.retentionCheckMs());
        return outcome.toStep();
    }

    private boolean isExpired(Group group, TopicPartition partition, CommittedOffset offset, long nowMs) {
        if (group.offsets.isUndecided(partition) || !mayExpire(group, partition.topic())) {
            return false;
        }
        if (offset.hasOwnExpiry()) {
            return nowMs >= offset.expireTimestampMs();
        }
        return nowMs - unusedSinceMs(group, offset) >= settings.offsetRetentionMs();
    }

    private static boolean mayExpire(Group group, String topic) {
        if (group.protocolType() == null || group.is(GroupState.EMPTY)) {
            return true;
        }
        Set<String> subscribed = group.subscribedTopics();
        return group.is(GroupState.STABLE) && subscribed != null && !subscribed.contains(topic);
    }

    /** An empty group had members until it became empty; everybody else is judged by the commit. */
    private static long unusedSinceMs(Group group, CommittedOffset offset) {
        boolean hadMembers = group.protocolType() != null && group.is(GroupState.EMPTY);
        return hadMembers && group.stateSinceMs() != CommittedOffset.NO_TIMESTAMP
                ? group.stateSinceMs()
                : offset.commitTimestampMs();
    }
}
