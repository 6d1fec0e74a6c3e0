package io.barnabas.group;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups and offsets that somebody wants gone. */
final class Removals {
    private final Groups groups;

    Removals(Groups groups) {
        this.groups = groups;
    }

    Step<GroupRecord> deleteGroup(String groupId, Waiter<ErrorCode> waiter) {
        Group group = groups.find(groupId);
        if (group == null) {
            return Step.of(Effect.reply(waiter, ErrorCode.GROUP_ID_NOT_FOUND));
        }
        if (!group.is(GroupState.EMPTY)) {
            return Step.of(Effect.reply(waiter, ErrorCode.NON_EMPTY_GROUP));
        }
        Outcome outcome = new Outcome();
        for (String memberId : List.copyOf(group.pendingMembers)) {
            outcome.cancelTimer(GroupTimer.session(group, memberId));
        }
        Tombstones.ofEverything(group, outcome);
        outcome.onceApplied(more -> {
            groups.forget(group);
            more.reply(waiter, ErrorCode.NONE);
        });
        outcome.ifRefused((error, more) -> more.replyAtOnce(waiter, StoreErrors.ofGroup(error)));
        return outcome.toStep();
    }

    Step<GroupRecord> deleteOffsets(
            String groupId, List<TopicPartition> partitions, Waiter<DeleteOffsetsAnswer> waiter) {
        Group group = groups.find(groupId);
        if (group == null) {
            return Step.of(Effect.reply(waiter, DeleteOffsetsAnswer.refused(ErrorCode.GROUP_ID_NOT_FOUND)));
        }
        boolean empty = group.is(GroupState.EMPTY);
        if (!empty && !SubscribedTopics.CONSUMER.equals(group.protocolType())) {
            return Step.of(Effect.reply(waiter, DeleteOffsetsAnswer.refused(ErrorCode.NON_EMPTY_GROUP)));
        }
        Map<TopicPartition, ErrorCode> errors = new LinkedHashMap<>();
        List<TopicPartition> removed = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            boolean inUse = !empty && isSubscribed(group, partition.topic());
            errors.put(partition, inUse ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE);
            if (!inUse && group.offsets.get(partition) != null) {
                removed.add(partition);
            }
        }
        Outcome outcome = new Outcome();
        Tombstones.of(group, removed, isUnused(group) && !removed.isEmpty(), outcome);
        outcome.onceApplied(more -> more.reply(waiter, new DeleteOffsetsAnswer(ErrorCode.NONE, errors)));
        outcome.ifRefused(
                (error, more) -> more.replyAtOnce(waiter, DeleteOffsetsAnswer.refused(StoreErrors.ofGroup(error))));
        return outcome.toStep();
    }

    /**
     * Forgets what all groups have committed for topics that are gone; a part of it at a time.
     *
     * @param waiter hears whether there is more to do
     */
    Step<GroupRecord> topicsDeleted(Set<String> topics, Waiter<Boolean> waiter) {
        Outcome outcome = new Outcome();
        Tombstones.Budget budget = new Tombstones.Budget();
        for (Group group : groups.all()) {
            List<TopicPartition> affected =
                    budget.fitting(group.offsets.partitions((partition, offset) -> topics.contains(partition.topic())));
            if (!affected.isEmpty()) {
                budget.spend(Tombstones.of(group, affected, isUnused(group), outcome));
            }
        }
        outcome.onceApplied(more -> more.reply(waiter, budget.isSpent()));
        outcome.ifRefused((error, more) -> more.replyAtOnce(waiter, false));
        return outcome.toStep();
    }

    static boolean isUnused(Group group) {
        return group.is(GroupState.EMPTY) && group.pendingMembers.isEmpty();
    }

    private static boolean isSubscribed(Group group, String topic) {
        Set<String> topics = group.subscribedTopics();
        return topics == null || topics.contains(topic);
    }
}
