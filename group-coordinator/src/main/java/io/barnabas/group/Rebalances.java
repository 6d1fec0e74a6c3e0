package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a group gets from one generation to the next: everybody is asked to join again; when all have, or their time is
 * up, the generation is announced; members that then do not ask for their assignment are given up.
 */
final class Rebalances implements Sessions.Expired {
    private static final Logger LOG = LoggerFactory.getLogger(Rebalances.class);

    private final Groups groups;
    private final GroupSettings settings;
    private final Sessions sessions;

    Rebalances(Groups groups, GroupSettings settings) {
        this.groups = groups;
        this.settings = settings;
        this.sessions = new Sessions(groups, this);
    }

    Sessions sessions() {
        return sessions;
    }

    /** Begins a join phase unless one is under way. */
    void request(Group group, String reason, Outcome outcome, long nowMs) {
        if (group.mayRebalance()) {
            prepare(group, reason, outcome, nowMs);
        }
    }

    void prepare(Group group, String reason, Outcome outcome, long nowMs) {
        if (group.is(GroupState.COMPLETING_REBALANCE)) {
            refuseSyncs(group, ErrorCode.REBALANCE_IN_PROGRESS, outcome);
        }
        group.pendingSyncs.clear();
        outcome.cancelTimer(GroupTimer.sync(group));
        LOG.info(
                "Preparing to rebalance group {} in state {} with old generation {}: {}",
                group.id,
                group.state().title(),
                group.generation(),
                reason);
        boolean first = group.is(GroupState.EMPTY);
        group.prepareRebalance(nowMs);
        if (first) {
            beginInitialDelay(group, outcome);
        } else {
            group.setInitialDelay(null);
            setJoinTimer(group, group.rebalanceTimeoutMs(), outcome);
            completeIfJoined(group, outcome, nowMs);
        }
    }

    /** Ends the join phase if nobody is missing any more. */
    void completeIfJoined(Group group, Outcome outcome, long nowMs) {
        if (group.is(GroupState.PREPARING_REBALANCE) && group.initialDelay() == null && group.everybodyJoined()) {
            complete(group, outcome, nowMs);
        }
    }

    /** The leader's assignment could not be kept, or is not wanted any more. */
    void refuseSyncs(Group group, ErrorCode error, Outcome outcome) {
        for (Member member : group.members()) {
            member.assignment = Member.NO_ASSIGNMENT;
            if (member.waitingSync != null) {
                outcome.replyAtOnce(member.waitingSync, SyncAnswer.refused(error));
                member.waitingSync = null;
                sessions.renew(group, member, outcome);
            }
        }
    }

    /** A member leaves or is given up. */
    void remove(Group group, Member member, String reason, Outcome outcome, long nowMs) {
        Waiter<JoinAnswer> join = group.takeWaitingJoin(member);
        if (join != null) {
            outcome.replyAtOnce(join, JoinAnswer.refused(JoinRequest.UNKNOWN_MEMBER_ID, ErrorCode.UNKNOWN_MEMBER_ID));
        }
        if (member.waitingSync != null) {
            outcome.replyAtOnce(member.waitingSync, SyncAnswer.refused(ErrorCode.UNKNOWN_MEMBER_ID));
            member.waitingSync = null;
        }
        group.remove(member.id);
        sessions.end(group, member.id, outcome);
        switch (group.state()) {
            case STABLE, COMPLETING_REBALANCE -> prepare(group, reason, outcome, nowMs);
            case PREPARING_REBALANCE -> completeIfJoined(group, outcome, nowMs);
            case EMPTY -> {}
        }
    }

    void removePending(Group group, String memberId, Outcome outcome, long nowMs) {
        group.remove(memberId);
        sessions.end(group, memberId, outcome);
        completeIfJoined(group, outcome, nowMs);
        groups.forgetIfVanished(group);
    }

    @Override
    public void memberExpired(Group group, Member member, Outcome outcome, long nowMs) {
        LOG.info("Member {} in group {} has failed, removing it from the group", member.id, group.id);
        remove(group, member, "removing member " + member.id + " on heartbeat expiration", outcome, nowMs);
    }

    @Override
    public void pendingMemberExpired(Group group, String memberId, Outcome outcome, long nowMs) {
        LOG.info("Pending member {} in group {} did not come back in time", memberId, group.id);
        removePending(group, memberId, outcome, nowMs);
    }

    private void beginInitialDelay(Group group, Outcome outcome) {
        long delayMs = settings.initialRebalanceDelayMs();
        group.setInitialDelay(
                new Group.InitialDelay(delayMs, Math.max(group.rebalanceTimeoutMs() - delayMs, 0), false));
        setJoinTimer(group, delayMs, outcome);
    }

    private void setJoinTimer(Group group, long delayMs, Outcome outcome) {
        String groupId = group.id;
        outcome.setTimer(GroupTimer.join(group), delayMs, nowMs -> joinTimeUp(groupId, nowMs));
    }

    private Step<GroupRecord> joinTimeUp(String groupId, long nowMs) {
        Group group = groups.find(groupId);
        if (group == null || !group.is(GroupState.PREPARING_REBALANCE)) {
            return Step.nothing();
        }
        Outcome outcome = new Outcome();
        Group.InitialDelay delay = group.initialDelay();
        if (delay != null && !delay.isOver()) {
            Group.InitialDelay next = delay.next(settings.initialRebalanceDelayMs());
            group.setInitialDelay(next);
            setJoinTimer(group, next.stepMs(), outcome);
        } else {
            complete(group, outcome, nowMs);
        }
        return outcome.toStep();
    }

    private void complete(Group group, Outcome outcome, long nowMs) {
        group.setInitialDelay(null);
        removeThoseWhoDidNotJoin(group, outcome);
        if (!group.electJoinedLeader() && group.size() > 0) {
            LOG.info("Group {} waits on: none of its {} static members joined", group.id, group.size());
            setJoinTimer(group, group.rebalanceTimeoutMs(), outcome);
            return;
        }
        outcome.cancelTimer(GroupTimer.join(group));
        if (group.size() == 0) {
            becomeEmpty(group, outcome, nowMs);
        } else {
            announce(group, outcome, nowMs);
        }
    }

    private void removeThoseWhoDidNotJoin(Group group, Outcome outcome) {
        for (Member member : group.members()) {
            if (member.waitingJoin == null && !member.isStatic()) {
                LOG.info("Group {} gives up member {}, which did not join again in time", group.id, member.id);
                group.remove(member.id);
                sessions.end(group, member.id, outcome);
            }
        }
    }

    private void becomeEmpty(Group group, Outcome outcome, long nowMs) {
        LOG.info("Group {} with generation {} is now empty", group.id, group.generation() + 1);
        GroupRecord.GroupStored empty = new GroupRecord.GroupStored(
                group.id, group.protocolType(), group.generation() + 1, null, null, nowMs, List.of());
        outcome.write(empty);
        // It is empty whether or not the log could be told; a reload would find members that time out.
        outcome.ifRefused((error, more) -> {
            LOG.warn("Could not store that group {} is empty: {}", group.id, error);
            group.take(empty);
        });
    }

    private void announce(Group group, Outcome outcome, long nowMs) {
        group.beginGeneration(nowMs);
        LOG.info("Stabilized group {} generation {} with {} members", group.id, group.generation(), group.size());
        for (Member member : group.members()) {
            Waiter<JoinAnswer> waiter = group.takeWaitingJoin(member);
            if (waiter != null) {
                outcome.replyAtOnce(waiter, currentGeneration(group, member));
            }
            member.isNew = false;
            sessions.renew(group, member, outcome);
        }
        String groupId = group.id;
        int generation = group.generation();
        outcome.setTimer(
                GroupTimer.sync(group), group.rebalanceTimeoutMs(), later -> syncTimeUp(groupId, generation, later));
    }

    /** The generation that is under way, as the member is to hear it. */
    static JoinAnswer currentGeneration(Group group, Member member) {
        return new JoinAnswer(
                ErrorCode.NONE,
                group.generation(),
                group.protocolType(),
                group.protocolName(),
                group.leaderId(),
                false,
                member.id,
                group.isLeader(member) ? group.joinedMembers() : List.of());
    }

    private Step<GroupRecord> syncTimeUp(String groupId, int generation, long nowMs) {
        Group group = groups.find(groupId);
        if (group == null || group.generation() != generation || group.pendingSyncs.isEmpty()) {
            return Step.nothing();
        }
        Outcome outcome = new Outcome();
        List<String> missing = List.copyOf(group.pendingSyncs);
        for (String memberId : missing) {
            group.remove(memberId);
            sessions.end(group, memberId, outcome);
        }
        prepare(group, "removing " + missing + " on pending sync request expiration", outcome, nowMs);
        return outcome.toStep();
    }
}
