package io.barnabas.group;

import io.barnabas.coordinator.Step;

/**
 * Members that show no life for their session timeout are given up. Waiting for an answer counts as life, except for a
 * new member, which could be gone without anybody noticing.
 */
final class Sessions {
    /** How long a new member may wait for its first join to be answered. */
    static final long NEW_MEMBER_MS = 300_000;

    private final Groups groups;
    private final Expired expired;

    Sessions(Groups groups, Expired expired) {
        this.groups = groups;
        this.expired = expired;
    }

    /** What happens to those given up. */
    interface Expired {
        void memberExpired(Group group, Member member, Outcome outcome, long nowMs);

        void pendingMemberExpired(Group group, String memberId, Outcome outcome, long nowMs);
    }

    void renew(Group group, Member member, Outcome outcome) {
        start(group, member.id, member.sessionTimeoutMs, outcome);
    }

    void startNew(Group group, Member member, Outcome outcome) {
        start(group, member.id, NEW_MEMBER_MS, outcome);
    }

    void startPending(Group group, String memberId, int sessionTimeoutMs, Outcome outcome) {
        start(group, memberId, sessionTimeoutMs, outcome);
    }

    void end(Group group, String memberId, Outcome outcome) {
        outcome.cancelTimer(GroupTimer.session(group, memberId));
    }

    private void start(Group group, String memberId, long timeoutMs, Outcome outcome) {
        String groupId = group.id;
        outcome.setTimer(GroupTimer.session(group, memberId), timeoutMs, nowMs -> timeUp(groupId, memberId, nowMs));
    }

    private Step<GroupRecord> timeUp(String groupId, String memberId, long nowMs) {
        Group group = groups.find(groupId);
        if (group == null) {
            return Step.nothing();
        }
        Outcome outcome = new Outcome();
        Member member = group.member(memberId);
        if (group.pendingMembers.contains(memberId)) {
            expired.pendingMemberExpired(group, memberId, outcome, nowMs);
        } else if (member != null && (member.isNew || !member.waits())) {
            expired.memberExpired(group, member, outcome, nowMs);
        }
        return outcome.toStep();
    }
}
