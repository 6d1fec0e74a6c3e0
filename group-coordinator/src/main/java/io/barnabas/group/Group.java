package io.barnabas.group;

import io.barnabas.coordinator.Waiter;
import io.barnabas.runtime.Invariants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One group: who is in it and where it stands. Keeps its own books consistent and decides nothing; confined to the
 * shard it lives in. Between a join phase and the leader's assignment it runs ahead of its record in the log: a
 * restart then brings the previous generation back, and the members join again.
 */
final class Group {
    private static final Set<GroupState> MAY_REBALANCE =
            Set.of(GroupState.EMPTY, GroupState.COMPLETING_REBALANCE, GroupState.STABLE);

    final String id;
    final GroupOffsets offsets = new GroupOffsets();
    /** New members that were given an id and asked to come again with it. */
    final Set<String> pendingMembers = new LinkedHashSet<>();
    /** Members of the newest generation that have not asked for their assignment yet. */
    final Set<String> pendingSyncs = new LinkedHashSet<>();

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, String> memberIdsByInstance = new HashMap<>();
    private final Map<String, Integer> supporters = new HashMap<>();
    private GroupState state = GroupState.EMPTY;
    private long stateSinceMs;
    private int generation;
    private String protocolType;
    private String protocolName;
    private String leaderId;
    private int waitingJoins;
    private Set<String> subscribedTopics;
    private InitialDelay initialDelay;

    Group(String id, long nowMs) {
        this.id = id;
        this.stateSinceMs = nowMs;
    }

    GroupState state() {
        return state;
    }

    boolean is(GroupState other) {
        return state == other;
    }

    long stateSinceMs() {
        return stateSinceMs;
    }

    int generation() {
        return generation;
    }

    /** Null when no member ever named one: a group of offsets only. */
    String protocolType() {
        return protocolType;
    }

    /** Null while there is none. */
    String protocolName() {
        return protocolName;
    }

    /** Null while there is none. */
    String leaderId() {
        return leaderId;
    }

    boolean isLeader(Member member) {
        return member.id.equals(leaderId);
    }

    int size() {
        return members.size();
    }

    boolean has(String memberId) {
        return members.containsKey(memberId);
    }

    /** Null when there is no such member. */
    Member member(String memberId) {
        return members.get(memberId);
    }

    /** A copy, in the order of joining. */
    List<Member> members() {
        return List.copyOf(members.values());
    }

    /** Null when no member has that instance id. */
    String memberIdOfInstance(String instanceId) {
        return memberIdsByInstance.get(instanceId);
    }

    int staticMembers() {
        return memberIdsByInstance.size();
    }

    int waitingJoins() {
        return waitingJoins;
    }

    boolean mayRebalance() {
        return MAY_REBALANCE.contains(state);
    }

    boolean everybodyJoined() {
        return waitingJoins == members.size() && pendingMembers.isEmpty();
    }

    /** The longest of its members'. */
    int rebalanceTimeoutMs() {
        int longest = 0;
        for (Member member : members.values()) {
            longest = Math.max(longest, member.rebalanceTimeoutMs);
        }
        return longest;
    }

    /** Null once the first join phase is over, or when this one is not the first. */
    InitialDelay initialDelay() {
        return initialDelay;
    }

    void setInitialDelay(InitialDelay delay) {
        initialDelay = delay;
    }

    /** Whether somebody with these protocols may take part. */
    boolean supports(String type, List<Protocol> protocols) {
        if (state == GroupState.EMPTY) {
            return !type.isEmpty() && !protocols.isEmpty();
        }
        return type.equals(protocolType)
                && protocols.stream()
                        .anyMatch(protocol -> supporters.getOrDefault(protocol.name(), 0) == members.size());
    }

    void add(Member member, String type) {
        Invariants.check(!members.containsKey(member.id), "member %s joins twice", member.id);
        if (member.isStatic()) {
            String former = memberIdsByInstance.put(member.instanceId, member.id);
            Invariants.check(former == null, "instance %s joins twice", member.instanceId);
        }
        if (members.isEmpty()) {
            protocolType = type;
        }
        if (leaderId == null) {
            leaderId = member.id;
        }
        members.put(member.id, member);
        countProtocols(member, 1);
        pendingMembers.remove(member.id);
    }

    /** Forgets a member, pending or not; the oldest of the others becomes leader when it was it. Null if unknown. */
    Member remove(String memberId) {
        pendingMembers.remove(memberId);
        pendingSyncs.remove(memberId);
        Member member = members.remove(memberId);
        if (member == null) {
            return null;
        }
        countProtocols(member, -1);
        if (member.waitingJoin != null) {
            waitingJoins--;
        }
        if (member.isStatic()) {
            memberIdsByInstance.remove(member.instanceId);
        }
        if (isLeader(member)) {
            leaderId = members.isEmpty() ? null : members.keySet().iterator().next();
        }
        return member;
    }

    void update(Member member, List<Protocol> protocols, int rebalanceTimeoutMs, int sessionTimeoutMs) {
        countProtocols(member, -1);
        member.protocols = List.copyOf(protocols);
        countProtocols(member, 1);
        member.rebalanceTimeoutMs = rebalanceTimeoutMs;
        member.sessionTimeoutMs = sessionTimeoutMs;
    }

    /** Gives a static member another id, in place. */
    void rename(Member member, String newId) {
        List<Member> inOrder = new ArrayList<>(members.values());
        boolean led = isLeader(member);
        pendingSyncs.remove(member.id);
        member.id = newId;
        members.clear();
        inOrder.forEach(each -> members.put(each.id, each));
        memberIdsByInstance.put(member.instanceId, newId);
        if (led) {
            leaderId = newId;
        }
    }

    void waitForJoin(Member member, Waiter<JoinAnswer> waiter) {
        Invariants.check(member.waitingJoin == null, "member %s waits for two joins", member.id);
        member.waitingJoin = waiter;
        waitingJoins++;
    }

    /** Null when the member does not wait. */
    Waiter<JoinAnswer> takeWaitingJoin(Member member) {
        Waiter<JoinAnswer> waiter = member.waitingJoin;
        if (waiter != null) {
            member.waitingJoin = null;
            waitingJoins--;
        }
        return waiter;
    }

    void prepareRebalance(long nowMs) {
        Invariants.check(mayRebalance(), "group %s cannot rebalance while %s", id, state);
        moveTo(GroupState.PREPARING_REBALANCE, nowMs);
    }

    /**
     * Lets somebody who has joined lead, if the leader has not.
     *
     * @return false when nobody has joined
     */
    boolean electJoinedLeader() {
        if (leaderId != null && members.get(leaderId).waitingJoin != null) {
            return true;
        }
        for (Member member : members.values()) {
            if (member.waitingJoin != null) {
                leaderId = member.id;
                return true;
            }
        }
        return false;
    }

    /** Everybody who is in it now makes the next generation. */
    void beginGeneration(long nowMs) {
        Invariants.check(state == GroupState.PREPARING_REBALANCE, "group %s has not been joined: %s", id, state);
        generation++;
        protocolName = ProtocolElection.winner(ballots());
        subscribedTopics = SubscribedTopics.of(this);
        pendingSyncs.clear();
        pendingSyncs.addAll(members.keySet());
        moveTo(GroupState.COMPLETING_REBALANCE, nowMs);
    }

    /** Each member's protocols. */
    Collection<List<String>> ballots() {
        return members.values().stream().map(Member::protocolNames).toList();
    }

    /** Subscribed topics of a consumer group, or null when they are not known. */
    Set<String> subscribedTopics() {
        return subscribedTopics;
    }

    /** Members as the leader is told them. */
    List<JoinAnswer.JoinedMember> joinedMembers() {
        return members.values().stream()
                .map(member -> new JoinAnswer.JoinedMember(member.id, member.instanceId, member.metadata(protocolName)))
                .toList();
    }

    /** Takes over what the log says about this group: freshly written, or read after a restart. */
    void take(GroupRecord.GroupStored record) {
        retain(record.members());
        generation = record.generation();
        protocolType = record.protocolType();
        protocolName = record.protocolName();
        record.members().forEach(this::take);
        leaderId = record.leaderId();
        stateSinceMs = record.stateSinceMs();
        state = members.isEmpty() ? GroupState.EMPTY : GroupState.STABLE;
        subscribedTopics = SubscribedTopics.of(this);
    }

    /** Forgets all that its record said; offsets stay. */
    void forgetMembership(long nowMs) {
        retain(List.of());
        generation = 0;
        protocolType = null;
        protocolName = null;
        leaderId = null;
        subscribedTopics = null;
        state = GroupState.EMPTY;
        stateSinceMs = nowMs;
    }

    /** Nothing is left of it that anybody could ask for. */
    boolean hasVanished() {
        return generation == 0 && members.isEmpty() && pendingMembers.isEmpty() && offsets.isEmpty();
    }

    private void retain(List<StoredMember> stored) {
        Set<String> ids = new LinkedHashSet<>();
        for (StoredMember member : stored) {
            ids.add(member.memberId());
            String former = member.instanceId() == null ? null : memberIdsByInstance.get(member.instanceId());
            if (former != null && !former.equals(member.memberId())) {
                rename(members.get(former), member.memberId());
            }
        }
        for (Member member : members()) {
            if (!ids.contains(member.id)) {
                remove(member.id);
            }
        }
    }

    private void take(StoredMember stored) {
        Member member = members.get(stored.memberId());
        if (member == null) {
            member = new Member(
                    stored.memberId(),
                    stored.instanceId(),
                    stored.clientId(),
                    stored.clientHost(),
                    stored.rebalanceTimeoutMs(),
                    stored.sessionTimeoutMs(),
                    List.of(new Protocol(protocolName, stored.subscription())));
            add(member, protocolType);
        } else {
            update(
                    member,
                    replaceMetadata(member.protocols, stored.subscription()),
                    stored.rebalanceTimeoutMs(),
                    stored.sessionTimeoutMs());
        }
        member.assignment = stored.assignment();
    }

    /** The log keeps only what a member says under the generation's protocol; what it says under others stays. */
    private List<Protocol> replaceMetadata(List<Protocol> protocols, byte[] subscription) {
        Protocol current = new Protocol(protocolName, subscription);
        List<Protocol> replaced = new ArrayList<>(protocols);
        replaced.replaceAll(protocol -> protocol.name().equals(protocolName) ? current : protocol);
        return replaced.contains(current) ? replaced : List.of(current);
    }

    private void moveTo(GroupState next, long nowMs) {
        state = next;
        stateSinceMs = nowMs;
    }

    private void countProtocols(Member member, int change) {
        Set.copyOf(member.protocolNames())
                .forEach(name -> supporters.merge(
                        name, change, (count, more) -> count + more == 0 ? null : Integer.valueOf(count + more)));
    }

    /**
     * The first join phase of an empty group goes on while new members come, in steps of the configured delay, at most
     * until the rebalance timeout.
     *
     * @param stepMs the length of the current step
     * @param remainingMs what may be waited beyond it
     * @param newMembers somebody new came during the current step
     */
    record InitialDelay(long stepMs, long remainingMs, boolean newMembers) {
        InitialDelay withNewMember() {
            return new InitialDelay(stepMs, remainingMs, true);
        }

        boolean isOver() {
            return !newMembers || remainingMs == 0;
        }

        InitialDelay next(long configuredMs) {
            return new InitialDelay(Math.min(configuredMs, remainingMs), Math.max(remainingMs - stepMs, 0), false);
        }
    }
}
