package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of every group after every command. */
final class GroupInvariants {
    private GroupInvariants() {}

    static void check(Group group) {
        int waitingJoins = 0;
        Map<String, String> instances = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Member member : group.members()) {
            assertThat(ids.add(member.id)).isTrue();
            assertThat(group.member(member.id)).isSameAs(member);
            waitingJoins += member.waitingJoin == null ? 0 : 1;
            if (member.isStatic()) {
                assertThat(instances.put(member.instanceId, member.id)).isNull();
                assertThat(group.memberIdOfInstance(member.instanceId)).isEqualTo(member.id);
            }
            assertThat(group.pendingMembers).doesNotContain(member.id);
            check(group, member);
        }
        assertThat(group.waitingJoins()).isEqualTo(waitingJoins);
        assertThat(group.staticMembers()).isEqualTo(instances.size());
        assertThat(ids).containsAll(group.pendingSyncs);
        assertThat(group.leaderId() == null || ids.contains(group.leaderId())).isTrue();
        checkState(group);
        checkSupportedProtocols(group);
    }

    /** The books kept of who supports what are right. */
    private static void checkSupportedProtocols(Group group) {
        if (group.is(GroupState.EMPTY)) {
            return;
        }
        for (String name : List.of("range", "sticky", "nobody's")) {
            boolean byAll = group.members().stream()
                    .allMatch(member -> member.protocolNames().contains(name));
            assertThat(group.supports(group.protocolType(), List.of(new Protocol(name, new byte[0]))))
                    .isEqualTo(byAll);
        }
    }

    private static void checkState(Group group) {
        switch (group.state()) {
            case EMPTY -> {
                assertThat(group.size()).isZero();
                assertThat(group.protocolName()).isNull();
                assertThat(group.leaderId()).isNull();
            }
            case PREPARING_REBALANCE -> assertThat(group.pendingSyncs).isEmpty();
            case COMPLETING_REBALANCE, STABLE -> {
                assertThat(group.size()).isPositive();
                assertThat(group.leaderId()).isNotNull();
                assertThat(group.generation()).isPositive();
                assertThat(group.protocolType()).isNotNull();
            }
        }
    }

    private static void check(Group group, Member member) {
        switch (group.state()) {
            case EMPTY -> throw new AssertionError("a member of an empty group");
            case PREPARING_REBALANCE -> assertThat(member.waitingSync).isNull();
            case COMPLETING_REBALANCE -> {
                assertThat(member.waitingJoin).isNull();
                assertThat(member.metadata(group.protocolName())).isNotNull();
                if (group.isLeader(member)) {
                    assertThat(member.waitingSync)
                            .as("would have been answered")
                            .isNull();
                }
            }
            case STABLE -> {
                assertThat(member.waits()).isFalse();
                assertThat(member.metadata(group.protocolName())).isNotNull();
            }
        }
    }
}
