package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LeaveGroup: members that say goodbye are not waited for. */
final class Leaves {
    private static final Logger LOG = LoggerFactory.getLogger(Leaves.class);

    private final Groups groups;
    private final Rebalances rebalances;

    Leaves(Groups groups, Rebalances rebalances) {
        this.groups = groups;
        this.rebalances = rebalances;
    }

    Step<GroupRecord> leave(LeaveRequest request, Waiter<LeaveAnswer> waiter, long nowMs) {
        Outcome outcome = new Outcome();
        Group group = groups.find(request.groupId());
        List<ErrorCode> errors = new ArrayList<>();
        for (LeaveRequest.Leaver leaver : request.leavers()) {
            errors.add(group == null ? ErrorCode.UNKNOWN_MEMBER_ID : leave(group, leaver, outcome, nowMs));
        }
        outcome.replyAtOnce(waiter, new LeaveAnswer(ErrorCode.NONE, errors));
        return outcome.toStep();
    }

    private ErrorCode leave(Group group, LeaveRequest.Leaver leaver, Outcome outcome, long nowMs) {
        if (leaver.memberId().equals(JoinRequest.UNKNOWN_MEMBER_ID)) {
            String memberId = leaver.instanceId() == null ? null : group.memberIdOfInstance(leaver.instanceId());
            return memberId == null
                    ? ErrorCode.UNKNOWN_MEMBER_ID
                    : remove(group, group.member(memberId), leaver.reason(), outcome, nowMs);
        }
        if (group.pendingMembers.contains(leaver.memberId())) {
            rebalances.removePending(group, leaver.memberId(), outcome, nowMs);
            return ErrorCode.NONE;
        }
        ErrorCode error = Membership.check(group, leaver.memberId(), leaver.instanceId());
        return error != ErrorCode.NONE
                ? error
                : remove(group, group.member(leaver.memberId()), leaver.reason(), outcome, nowMs);
    }

    private ErrorCode remove(Group group, Member member, String reason, Outcome outcome, long nowMs) {
        String shown = reason == null ? "not provided" : reason;
        LOG.info("Member {} has left group {}; client reason: {}", member.id, group.id, shown);
        rebalances.remove(group, member, "member " + member.id + " left; client reason: " + shown, outcome, nowMs);
        return ErrorCode.NONE;
    }
}
