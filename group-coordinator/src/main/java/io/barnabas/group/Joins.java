package io.barnabas.group;

import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JoinGroup: who may take part in the next generation, and whether there has to be one. */
final class Joins {
    private static final Logger LOG = LoggerFactory.getLogger(Joins.class);

    private final Groups groups;
    private final GroupSettings settings;
    private final Rebalances rebalances;
    private final MemberIds memberIds;

    Joins(Groups groups, GroupSettings settings, Rebalances rebalances, MemberIds memberIds) {
        this.groups = groups;
        this.settings = settings;
        this.rebalances = rebalances;
        this.memberIds = memberIds;
    }

    Step<GroupRecord> join(JoinRequest request, Waiter<JoinAnswer> waiter, long nowMs) {
        Outcome outcome = new Outcome();
        if (request.sessionTimeoutMs() < settings.minSessionTimeoutMs()
                || request.sessionTimeoutMs() > settings.maxSessionTimeoutMs()) {
            refuse(request, ErrorCode.INVALID_SESSION_TIMEOUT, waiter, outcome);
            return outcome.toStep();
        }
        Group group =
                request.isNewMember() ? groups.findOrNew(request.groupId(), nowMs) : groups.find(request.groupId());
        if (group == null) {
            refuse(request, ErrorCode.UNKNOWN_MEMBER_ID, waiter, outcome);
        } else if (isFull(group, request.memberId())) {
            removeFromFullGroup(group, request.memberId(), outcome, nowMs);
            outcome.replyAtOnce(
                    waiter, JoinAnswer.refused(JoinRequest.UNKNOWN_MEMBER_ID, ErrorCode.GROUP_MAX_SIZE_REACHED));
        } else if (!group.supports(request.protocolType(), request.protocols())) {
            refuse(request, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, waiter, outcome);
        } else {
            new Attempt(group, request, waiter, outcome, nowMs).go();
        }
        return outcome.toStep();
    }

    private boolean isFull(Group group, String memberId) {
        return switch (group.state()) {
            case EMPTY -> false;
            case PREPARING_REBALANCE -> {
                Member member = group.member(memberId);
                yield (member == null || member.waitingJoin == null) && group.waitingJoins() >= settings.maxSize();
            }
            case COMPLETING_REBALANCE, STABLE -> !group.has(memberId) && group.size() >= settings.maxSize();
        };
    }

    private void removeFromFullGroup(Group group, String memberId, Outcome outcome, long nowMs) {
        group.remove(memberId);
        rebalances.sessions().end(group, memberId, outcome);
        rebalances.completeIfJoined(group, outcome, nowMs);
    }

    private static void refuse(JoinRequest request, ErrorCode error, Waiter<JoinAnswer> waiter, Outcome outcome) {
        outcome.replyAtOnce(waiter, JoinAnswer.refused(request.memberId(), error));
    }

    /** One join that got past the doorkeeper. */
    private final class Attempt {
        private final Group group;
        private final JoinRequest request;
        private final Waiter<JoinAnswer> waiter;
        private final Outcome outcome;
        private final long nowMs;

        private Attempt(Group group, JoinRequest request, Waiter<JoinAnswer> waiter, Outcome outcome, long nowMs) {
            this.group = group;
            this.request = request;
            this.waiter = waiter;
            this.outcome = outcome;
            this.nowMs = nowMs;
        }

        private void go() {
            if (!request.isNewMember()) {
                knownMember();
            } else if (request.isStatic()) {
                newStaticMember();
            } else {
                newDynamicMember();
            }
            rebalances.completeIfJoined(group, outcome, nowMs);
        }

        private void newDynamicMember() {
            String memberId = memberIds.next(request.clientId(), null);
            if (!request.requireKnownMemberId()) {
                add(memberId);
                return;
            }
            groups.keep(group);
            group.pendingMembers.add(memberId);
            rebalances.sessions().startPending(group, memberId, request.sessionTimeoutMs(), outcome);
            outcome.replyAtOnce(waiter, JoinAnswer.refused(memberId, ErrorCode.MEMBER_ID_REQUIRED));
        }

        private void newStaticMember() {
            String newId = memberIds.next(request.clientId(), request.instanceId());
            String formerId = group.memberIdOfInstance(request.instanceId());
            if (formerId == null) {
                add(newId);
                return;
            }
            LOG.info(
                    "Instance {} of group {} is back; {} takes the place of {}",
                    request.instanceId(),
                    group.id,
                    newId,
                    formerId);
            Member member = group.member(formerId);
            if (group.is(GroupState.STABLE) && protocolStays(member)) {
                replaceSilently(member, newId);
            } else {
                replaceAndRebalance(member, newId);
            }
        }

        private void knownMember() {
            if (group.pendingMembers.contains(request.memberId()) && !request.isStatic()) {
                add(request.memberId());
                return;
            }
            ErrorCode error = Membership.check(group, request.memberId(), request.instanceId());
            if (error != ErrorCode.NONE) {
                refuse(request, error, waiter, outcome);
                return;
            }
            Member member = group.member(request.memberId());
            switch (group.state()) {
                case PREPARING_REBALANCE -> rejoin(member, "member " + member.id + " joins again");
                case COMPLETING_REBALANCE -> rejoinIf(!saysTheSame(member), member);
                case STABLE -> rejoinIf(group.isLeader(member) || !saysTheSame(member), member);
                case EMPTY -> refuse(request, ErrorCode.UNKNOWN_MEMBER_ID, waiter, outcome);
            }
        }

        private void rejoinIf(boolean needed, Member member) {
            if (needed) {
                rejoin(member, "member " + member.id + " joins with other metadata or as the leader");
                return;
            }
            JoinAnswer current = Rebalances.currentGeneration(group, member);
            outcome.replyAtOnce(waiter, current);
        }

        private boolean saysTheSame(Member member) {
            return member.protocols.equals(request.protocols());
        }

        private void rejoin(Member member, String reason) {
            takeUp(member);
            rebalances.request(group, withClientsReason(reason), outcome, nowMs);
        }

        /** The member now waits for this answer, with what this request says about it. */
        private void takeUp(Member member) {
            Waiter<JoinAnswer> former = group.takeWaitingJoin(member);
            if (former != null) {
                // Its connection is most likely gone; if not, it asks again, as while a coordinator is loading.
                outcome.replyAtOnce(former, JoinAnswer.refused(member.id, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
            }
            group.update(member, request.protocols(), request.rebalanceTimeoutMs(), request.sessionTimeoutMs());
            group.waitForJoin(member, waiter);
        }

        private void add(String memberId) {
            Member member = new Member(
                    memberId,
                    request.instanceId(),
                    request.clientId(),
                    request.clientHost(),
                    request.rebalanceTimeoutMs(),
                    request.sessionTimeoutMs(),
                    request.protocols());
            member.isNew = true;
            Group.InitialDelay delay = group.initialDelay();
            if (delay != null && group.generation() == 0) {
                group.setInitialDelay(delay.withNewMember());
            }
            groups.keep(group);
            group.add(member, request.protocolType());
            group.waitForJoin(member, waiter);
            rebalances.sessions().startNew(group, member, outcome);
            rebalances.request(group, withClientsReason("adding new member " + memberId), outcome, nowMs);
        }

        private boolean protocolStays(Member replaced) {
            List<List<String>> ballots = new ArrayList<>();
            for (Member member : group.members()) {
                ballots.add(
                        member == replaced
                                ? request.protocols().stream()
                                        .map(Protocol::name)
                                        .toList()
                                : member.protocolNames());
            }
            return ProtocolElection.winner(ballots).equals(group.protocolName());
        }

        /** Nothing changes for the others: the new id is stored, and the member gets its old assignment. */
        private void replaceSilently(Member member, String newId) {
            String formerId = member.id;
            String formerLeader = group.leaderId();
            outcome.write(GroupSnapshot.withReplaced(group, member, newId, request));
            outcome.onceApplied(more -> {
                rebalances.sessions().end(group, formerId, more);
                group.update(member, request.protocols(), request.rebalanceTimeoutMs(), request.sessionTimeoutMs());
                rebalances.sessions().renew(group, member, more);
                more.reply(waiter, unchangedGeneration(member, formerLeader));
            });
            outcome.ifRefused((error, more) -> more.replyAtOnce(
                    waiter, JoinAnswer.refused(JoinRequest.UNKNOWN_MEMBER_ID, StoreErrors.ofGroup(error))));
        }

        /**
         * A client that cannot skip the assignment must not take itself for the leader: what it would assign is not
         * passed on in a stable group. So it is told the leader's former id.
         */
        private JoinAnswer unchangedGeneration(Member member, String formerLeader) {
            JoinAnswer current = Rebalances.currentGeneration(group, member);
            boolean leads = group.isLeader(member);
            return new JoinAnswer(
                    ErrorCode.NONE,
                    current.generation(),
                    current.protocolType(),
                    current.protocolName(),
                    request.supportsSkippedAssignment() ? group.leaderId() : formerLeader,
                    request.supportsSkippedAssignment() && leads,
                    member.id,
                    request.supportsSkippedAssignment() ? current.members() : List.of());
        }

        private void replaceAndRebalance(Member member, String newId) {
            Waiter<JoinAnswer> join = group.takeWaitingJoin(member);
            if (join != null) {
                outcome.replyAtOnce(join, JoinAnswer.refused(member.id, ErrorCode.FENCED_INSTANCE_ID));
            }
            if (member.waitingSync != null) {
                outcome.replyAtOnce(member.waitingSync, SyncAnswer.refused(ErrorCode.FENCED_INSTANCE_ID));
                member.waitingSync = null;
            }
            rebalances.sessions().end(group, member.id, outcome);
            group.rename(member, newId);
            group.update(member, request.protocols(), request.rebalanceTimeoutMs(), request.sessionTimeoutMs());
            group.waitForJoin(member, waiter);
            rebalances.sessions().renew(group, member, outcome);
            rebalances.request(
                    group, withClientsReason("static member " + newId + " replaces its former self"), outcome, nowMs);
        }

        private String withClientsReason(String ours) {
            return request.reason() == null ? ours : ours + "; client reason: " + request.reason();
        }
    }
}
