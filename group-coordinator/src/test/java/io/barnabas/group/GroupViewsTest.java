package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupViewsTest {
    private final TestBed bed = new TestBed();

    @Test
    void describesAStableGroupInFull() {
        List<Client> members = bed.stableGroup("g");
        GroupDescription group = TestBed.now(bed.groups.describe("g"));
        assertThat(group.state()).isEqualTo("Stable");
        assertThat(group.protocolType()).isEqualTo("consumer");
        assertThat(group.protocolName()).isEqualTo("range");
        assertThat(group.members()).hasSize(2);
        GroupDescription.DescribedMember first = group.members().get(0);
        assertThat(first.memberId()).isEqualTo(members.get(0).id);
        assertThat(first.clientId()).isEqualTo("client");
        assertThat(first.clientHost()).isEqualTo("/127.0.0.1");
        assertThat(first.metadata()).isEqualTo(Client.subscription("t1"));
        assertThat(first.assignment()).isEqualTo(TestBed.bytes("one"));
    }

    @Test
    void showsMembersOnlyOfAGroupThatRebalances() {
        bed.stableGroup("g").get(0).joins();
        GroupDescription group = TestBed.now(bed.groups.describe("g"));
        assertThat(group.state()).isEqualTo("PreparingRebalance");
        assertThat(group.protocolName()).isEmpty();
        assertThat(group.members()).hasSize(2).allSatisfy(member -> {
            assertThat(member.metadata()).isEmpty();
            assertThat(member.assignment()).isEmpty();
        });
    }

    @Test
    void callsAGroupThatIsNotThereDead() {
        GroupDescription group = TestBed.now(bed.groups.describe("nobody"));
        assertThat(group.error()).isEqualTo(ErrorCode.NONE);
        assertThat(group.state()).isEqualTo("Dead");
    }

    @Test
    void listsGroupsByStateAndType() {
        bed.stableGroup("working");
        bed.commit("tool", new TopicPartition("t", 0), 1);
        assertThat(list(Set.of(), Set.of())).containsExactlyInAnyOrder("working", "tool");
        assertThat(list(Set.of("stable"), Set.of())).containsExactly("working");
        assertThat(list(Set.of("Empty", "Dead"), Set.of("Classic"))).containsExactly("tool");
        assertThat(list(Set.of(), Set.of("consumer"))).isEmpty();
    }

    private List<String> list(Set<String> states, Set<String> types) {
        return TestBed.now(bed.groups.list(states, types)).groups().stream()
                .map(GroupOverview::groupId)
                .toList();
    }
}
