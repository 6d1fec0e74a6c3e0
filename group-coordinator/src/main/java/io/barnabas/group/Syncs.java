package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SyncGroup: members of a new generation wait until the leader's assignment is stored. */
final class Syncs {
    private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);

    private final Groups groups;
    private final Rebalances rebalances;

    Syncs(Groups groups, Rebalances rebalances) {
        this.groups = groups;
        this.rebalances = rebalances;
    }

    Step<GroupRecord> sync(SyncRequest request, Waiter<SyncAnswer> waiter, long nowMs) {
        Outcome outcome = new Outcome();
        Group group = groups.find(request.groupId());
        ErrorCode error = group == null ? ErrorCode.UNKNOWN_MEMBER_ID : check(group, request);
        if (error != ErrorCode.NONE) {
            outcome.replyAtOnce(waiter, SyncAnswer.refused(error));
            return outcome.toStep();
        }
        Member member = group.member(request.memberId());
        switch (group.state()) {
            case EMPTY -> outcome.replyAtOnce(waiter, SyncAnswer.refused(ErrorCode.UNKNOWN_MEMBER_ID));
            case PREPARING_REBALANCE ->
                outcome.replyAtOnce(waiter, SyncAnswer.refused(ErrorCode.REBALANCE_IN_PROGRESS));
            case COMPLETING_REBALANCE -> await(group, member, request, waiter, outcome, nowMs);
            case STABLE -> {
                synced(group, member, outcome);
                outcome.reply(waiter, assigned(group, member));
                rebalances.sessions().renew(group, member, outcome);
            }
        }
        return outcome.toStep();
    }

    private static ErrorCode check(Group group, SyncRequest request) {
        ErrorCode error = Membership.check(group, request.memberId(), request.instanceId(), request.generation());
        if (error != ErrorCode.NONE) {
            return error;
        }
        boolean typeDiffers =
                request.protocolType() != null && !request.protocolType().equals(group.protocolType());
        boolean nameDiffers =
                request.protocolName() != null && !request.protocolName().equals(group.protocolName());
        return typeDiffers || nameDiffers ? ErrorCode.INCONSISTENT_GROUP_PROTOCOL : ErrorCode.NONE;
    }

    private void await(
            Group group, Member member, SyncRequest request, Waiter<SyncAnswer> waiter, Outcome outcome, long nowMs) {
        if (member.waitingSync != null) {
            outcome.replyAtOnce(member.waitingSync, SyncAnswer.refused(ErrorCode.REBALANCE_IN_PROGRESS));
        }
        member.waitingSync = waiter;
        synced(group, member, outcome);
        if (group.isLeader(member)) {
            store(group, request.assignments(), outcome, nowMs);
        }
    }

    private void store(Group group, Map<String, byte[]> assignments, Outcome outcome, long nowMs) {
        LOG.info(
                "Assignment received from leader {} for group {} for generation {}; it has {} members, {} of them static",
                group.leaderId(),
                group.id,
                group.generation(),
                group.size(),
                group.staticMembers());
        outcome.write(GroupSnapshot.withAssignments(group, assignments));
        outcome.onceApplied(more -> {
            for (Member member : group.members()) {
                if (member.waitingSync != null) {
                    more.reply(member.waitingSync, assigned(group, member));
                    member.waitingSync = null;
                    rebalances.sessions().renew(group, member, more);
                }
            }
        });
        outcome.ifRefused((error, more) -> {
            LOG.warn("Could not store generation {} of group {}: {}", group.generation(), group.id, error);
            rebalances.refuseSyncs(group, StoreErrors.ofGroup(error), more);
            rebalances.request(group, "the assignment could not be stored: " + error, more, nowMs);
        });
    }

    private static void synced(Group group, Member member, Outcome outcome) {
        if (group.pendingSyncs.remove(member.id) && group.pendingSyncs.isEmpty()) {
            outcome.cancelTimer(GroupTimer.sync(group));
        }
    }

    private static SyncAnswer assigned(Group group, Member member) {
        return new SyncAnswer(ErrorCode.NONE, group.protocolType(), group.protocolName(), member.assignment);
    }
}
