package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** OffsetCommit: who may, and what is stored. */
final class OffsetCommits {
    private final Groups groups;
    private final GroupSettings settings;
    private final Sessions sessions;

    OffsetCommits(Groups groups, GroupSettings settings, Sessions sessions) {
        this.groups = groups;
        this.settings = settings;
        this.sessions = sessions;
    }

    Step<GroupRecord> commit(CommitRequest request, Waiter<Map<TopicPartition, ErrorCode>> waiter) {
        Outcome outcome = new Outcome();
        Group group = groups.find(request.groupId());
        ErrorCode error = group == null ? checkWithoutGroup(request) : check(group, request);
        if (error != ErrorCode.NONE) {
            outcome.replyAtOnce(waiter, forAll(request, error));
            return outcome.toStep();
        }
        if (group != null && group.has(request.memberId())) {
            sessions.renew(group, group.member(request.memberId()), outcome);
        }
        store(request, waiter, outcome);
        return outcome.toOffsetStep();
    }

    /** As {@link #commit}; the producer answers for the group, so that the group's own rebalance is none of its business. */
    Step<GroupRecord> commitInTransaction(
            TransactionalCommit transactional, Waiter<Map<TopicPartition, ErrorCode>> waiter) {
        CommitRequest request = transactional.commit();
        Outcome outcome = new Outcome();
        Group group = groups.find(request.groupId());
        ErrorCode error = checkInTransaction(group, request);
        if (error != ErrorCode.NONE) {
            outcome.replyAtOnce(waiter, forAll(request, error));
            return outcome.toStep();
        }
        if (group != null && group.has(request.memberId())) {
            sessions.renew(group, group.member(request.memberId()), outcome);
        }
        store(request, waiter, outcome);
        return outcome.toStep().as(transactional.batchKind());
    }

    /** @param group null when there is none */
    private static ErrorCode checkInTransaction(Group group, CommitRequest request) {
        // Producers before 2.5 say nothing of the member that they work for.
        boolean hasNoMembers = group == null || group.is(GroupState.EMPTY);
        if (hasNoMembers && request.generation() < 0 || request.isFromOutside()) {
            return ErrorCode.NONE;
        }
        return group == null
                ? ErrorCode.UNKNOWN_MEMBER_ID
                : Membership.check(group, request.memberId(), request.instanceId(), request.generation());
    }

    private void store(CommitRequest request, Waiter<Map<TopicPartition, ErrorCode>> waiter, Outcome outcome) {
        request.offsets().forEach((partition, offset) -> {
            if (fits(offset)) {
                outcome.write(new GroupRecord.OffsetCommitted(request.groupId(), partition, offset));
            }
        });
        outcome.onceApplied(more -> more.reply(waiter, answer(request, ErrorCode.NONE)));
        outcome.ifRefused((refusal, more) -> more.replyAtOnce(waiter, answer(request, StoreErrors.ofOffsets(refusal))));
    }

    private static ErrorCode checkWithoutGroup(CommitRequest request) {
        return request.generation() < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }

    private static ErrorCode check(Group group, CommitRequest request) {
        boolean empty = group.is(GroupState.EMPTY);
        if (empty && request.generation() < 0) {
            return ErrorCode.NONE;
        }
        if (request.isFromOutside()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        ErrorCode error = Membership.check(group, request.memberId(), request.instanceId(), request.generation());
        if (error != ErrorCode.NONE) {
            return error;
        }
        return group.is(GroupState.COMPLETING_REBALANCE) ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }

    private boolean fits(CommittedOffset offset) {
        return offset.metadata().length() <= settings.maxOffsetMetadataChars() && Texts.isStorable(offset.metadata());
    }

    private Map<TopicPartition, ErrorCode> answer(CommitRequest request, ErrorCode error) {
        return forEach(request, offset -> fits(offset) ? error : ErrorCode.OFFSET_METADATA_TOO_LARGE);
    }

    static Map<TopicPartition, ErrorCode> forAll(CommitRequest request, ErrorCode error) {
        return forEach(request, offset -> error);
    }

    private static Map<TopicPartition, ErrorCode> forEach(
            CommitRequest request, Function<CommittedOffset, ErrorCode> error) {
        Map<TopicPartition, ErrorCode> errors = new HashMap<>();
        request.offsets().forEach((partition, offset) -> errors.put(partition, error.apply(offset)));
        return errors;
    }
}
