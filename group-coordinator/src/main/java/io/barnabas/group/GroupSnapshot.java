package io.barnabas.group;

import java.util.List;
import java.util.Map;

/** The record of a group as it is to be stored. */
final class GroupSnapshot {
    private GroupSnapshot() {}

    /** @param assignments of the leader; who is not in it gets nothing */
    static GroupRecord.GroupStored withAssignments(Group group, Map<String, byte[]> assignments) {
        List<StoredMember> members = group.members().stream()
                .map(member -> stored(group, member, assignments.getOrDefault(member.id, Member.NO_ASSIGNMENT)))
                .toList();
        return record(group, group.leaderId(), members);
    }

    /** As it is, but with another id, and what the request says, for one static member. */
    static GroupRecord.GroupStored withReplaced(Group group, Member replaced, String newId, JoinRequest request) {
        List<StoredMember> members = group.members().stream()
                .map(member -> member == replaced
                        ? replacement(group, member, newId, request)
                        : stored(group, member, member.assignment))
                .toList();
        return record(group, group.isLeader(replaced) ? newId : group.leaderId(), members);
    }

    private static GroupRecord.GroupStored record(Group group, String leaderId, List<StoredMember> members) {
        return new GroupRecord.GroupStored(
                group.id,
                group.protocolType(),
                group.generation(),
                group.protocolName(),
                leaderId,
                group.stateSinceMs(),
                members);
    }

    private static StoredMember stored(Group group, Member member, byte[] assignment) {
        return new StoredMember(
                member.id,
                member.instanceId,
                member.clientId,
                member.clientHost,
                member.rebalanceTimeoutMs,
                member.sessionTimeoutMs,
                member.metadata(group.protocolName()),
                assignment);
    }

    private static StoredMember replacement(Group group, Member member, String newId, JoinRequest request) {
        byte[] metadata = request.protocols().stream()
                .filter(protocol -> protocol.name().equals(group.protocolName()))
                .findFirst()
                .orElseThrow()
                .metadata();
        return new StoredMember(
                newId,
                member.instanceId,
                member.clientId,
                member.clientHost,
                request.rebalanceTimeoutMs(),
                request.sessionTimeoutMs(),
                metadata,
                member.assignment);
    }
}
