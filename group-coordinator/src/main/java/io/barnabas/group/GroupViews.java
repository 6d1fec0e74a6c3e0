package io.barnabas.group;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.group.GroupDescription.DescribedMember;
import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.Set;

/** What the tools are shown. */
final class GroupViews {
    private final Groups groups;

    GroupViews(Groups groups) {
        this.groups = groups;
    }

    Step<GroupRecord> describe(String groupId, Waiter<GroupDescription> waiter) {
        Group group = groups.find(groupId);
        return Step.of(Effect.reply(waiter, group == null ? GroupDescription.dead() : describe(group)));
    }

    /** @param lowerCaseStates all of them when empty */
    Step<GroupRecord> list(Set<String> lowerCaseStates, Waiter<ListAnswer> waiter) {
        List<GroupOverview> listed = groups.all().stream()
                .filter(group -> lowerCaseStates.isEmpty()
                        || lowerCaseStates.contains(group.state().lowerCaseTitle()))
                .map(group -> new GroupOverview(
                        group.id, orEmpty(group.protocolType()), group.state().title()))
                .toList();
        return Step.of(Effect.reply(waiter, new ListAnswer(ErrorCode.NONE, listed)));
    }

    private static GroupDescription describe(Group group) {
        boolean stable = group.is(GroupState.STABLE);
        List<DescribedMember> members = group.members().stream()
                .map(member -> new DescribedMember(
                        member.id,
                        member.instanceId,
                        member.clientId,
                        member.clientHost,
                        stable ? member.metadata(group.protocolName()) : Member.NO_ASSIGNMENT,
                        stable ? member.assignment : Member.NO_ASSIGNMENT))
                .toList();
        return new GroupDescription(
                ErrorCode.NONE,
                group.state().title(),
                orEmpty(group.protocolType()),
                stable ? group.protocolName() : "",
                members);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
