package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;

/** Heartbeat: a member shows that it lives, and learns whether it has to join again. */
final class Heartbeats {
    private final Groups groups;
    private final Sessions sessions;

    Heartbeats(Groups groups, Sessions sessions) {
        this.groups = groups;
        this.sessions = sessions;
    }

    /** @param instanceId null for a dynamic member */
    Step<GroupRecord> heartbeat(
            String groupId, String memberId, String instanceId, int generation, Waiter<ErrorCode> waiter) {
        Outcome outcome = new Outcome();
        Group group = groups.find(groupId);
        ErrorCode error =
                group == null ? ErrorCode.UNKNOWN_MEMBER_ID : Membership.check(group, memberId, instanceId, generation);
        if (error == ErrorCode.NONE) {
            error = answerIn(group.state());
            sessions.renew(group, group.member(memberId), outcome);
        }
        outcome.replyAtOnce(waiter, error);
        return outcome.toStep();
    }

    private static ErrorCode answerIn(GroupState state) {
        return switch (state) {
            case EMPTY -> ErrorCode.UNKNOWN_MEMBER_ID;
            case PREPARING_REBALANCE -> ErrorCode.REBALANCE_IN_PROGRESS;
            case COMPLETING_REBALANCE, STABLE -> ErrorCode.NONE;
        };
    }
}
