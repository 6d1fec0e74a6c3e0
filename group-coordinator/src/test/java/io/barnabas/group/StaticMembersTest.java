package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaticMembersTest {
    private final TestBed bed = new TestBed();
    private final Client first = bed.client("g").named("i1");
    private final Client second = bed.client("g").named("i2");

    @BeforeEach
    void stabilize() {
        first.joins();
        second.joins();
        bed.time.advanceMs(2 * TestBed.INITIAL_DELAY_MS);
        first.joined();
        second.joined();
        first.syncs(Map.of(first.id, TestBed.bytes("one"), second.id, TestBed.bytes("two")));
        second.syncs(Map.of());
        first.synced();
        second.synced();
    }

    @AfterEach
    void noFaults() {
        assertThat(bed.faults.faults()).isEmpty();
    }

    @Test
    void namesMembersAfterTheirInstance() {
        assertThat(first.id).startsWith("i1-");
    }

    @Test
    void takesAMemberBackWithoutARebalance() {
        Client back = bed.client("g").named("i2");
        back.joins();

        assertThat(back.joined().generation()).isEqualTo(1);
        assertThat(back.id).isNotEqualTo(second.id).startsWith("i2-");
        assertThat(back.lastJoin.leaderId()).isEqualTo(first.id);
        assertThat(back.lastJoin.members()).isEmpty();
        back.syncs(Map.of());
        assertThat(back.synced()).isEqualTo(TestBed.bytes("two"));
        assertThat(second.heartbeats()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
        assertThat(first.heartbeats()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void storesTheNewIdBeforeItAnswers() {
        bed.partitions.commitAtOnce(false);
        Client back = bed.client("g").named("i2");
        back.joins();
        assertThat(back.join).isNotDone();
        bed.partitions.commitAll();
        back.joined();

        bed.restart();

        assertThat(back.heartbeats()).isEqualTo(ErrorCode.NONE);
        assertThat(second.heartbeats()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    }

    @Test
    void keepsTheFormerMemberWhenTheNewOneCannotBeStored() {
        bed.partitions.refuseAppends(ErrorCode.NOT_ENOUGH_REPLICAS);
        Client back = bed.client("g").named("i2");
        back.joins();
        assertThat(back.joinRefused()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(second.heartbeats()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void tellsAReturningLeaderThatItNeedNotAssign() {
        Client back = bed.client("g").named("i1");
        back.canSkip = true;
        back.joins();
        assertThat(back.joined().skipAssignment()).isTrue();
        assertThat(back.lastJoin.leaderId()).isEqualTo(back.id);
        assertThat(back.lastJoin.members()).hasSize(2);
    }

    @Test
    void hidesFromAnOlderReturningLeaderThatItLeads() {
        Client back = bed.client("g").named("i1");
        back.joins();
        assertThat(back.joined().leaderId()).isEqualTo(first.id).isNotEqualTo(back.id);
        assertThat(back.lastJoin.skipAssignment()).isFalse();
        assertThat(back.lastJoin.members()).isEmpty();
        back.joins();
        assertThat(bed.stateOf("g")).as("it does lead").isEqualTo("PreparingRebalance");
    }

    @Test
    void rebalancesWhenTheProtocolWouldChange() {
        Client back = bed.client("g").named("i2");
        back.protocols = List.of(
                new Protocol("sticky", Client.subscription("t1")), new Protocol("range", Client.subscription("t1")));
        back.joins();
        assertThat(back.joined().protocolName())
                .as("range is all that both support")
                .isEqualTo("range");

        Client other = bed.client("g").named("i1");
        other.protocols = back.protocols;
        other.joins();

        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
        back.joins();
        assertThat(other.joined().protocolName()).isEqualTo("sticky");
    }

    @Test
    void rebalancesWhenAMemberComesBackBeforeTheAssignment() {
        first.joins();
        second.joins();
        first.joined();
        second.joined();
        second.syncs(Map.of());
        Client back = bed.client("g").named("i2");
        back.joins();
        assertThat(TestBed.now(second.sync).error()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
    }

    @Test
    void fencesTheWaitingFormerMember() {
        first.joins();
        second.joins();
        first.joined();
        second.joined();
        first.joins();
        first.protocols = List.of(new Protocol("range", Client.subscription("t1", "t2")));
        first.joins();
        assertThat(first.join).isNotDone();
        Client back = bed.client("g").named("i1");
        back.joins();
        assertThat(first.joinRefused()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
        second.joins();
        back.joined();
    }

    @Test
    void keepsStaticMembersThatMissARebalanceButLetsSomebodyElseLead() {
        Client third = bed.client("g").named("i3");
        third.joins();
        for (int i = 0; i < TestBed.REBALANCE_MS / 5000; i++) {
            first.heartbeats();
            second.heartbeats();
            bed.time.advanceMs(5000);
        }
        assertThat(third.joined().members()).hasSize(3);
        assertThat(third.lastJoin.leaderId()).isEqualTo(third.id);
    }

    @Test
    void removesThemWhenTheirSessionEnds() {
        for (int i = 0; i < 3; i++) {
            bed.time.advanceMs(5000);
            first.heartbeats();
        }
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
        assertThat(second.heartbeats()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    }

    @Test
    void canBeRemovedByTheirInstanceId() {
        LeaveAnswer answer = TestBed.now(bed.groups.leave(new LeaveRequest(
                "g",
                List.of(
                        new LeaveRequest.Leaver("", "i2", "admin"),
                        new LeaveRequest.Leaver("", "i9", null),
                        new LeaveRequest.Leaver("wrong", "i1", null)))));
        assertThat(answer.errors())
                .containsExactly(ErrorCode.NONE, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.FENCED_INSTANCE_ID);
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
    }

    @Test
    void fencesEveryCommandOfTheFormerMember() {
        Client back = bed.client("g").named("i2");
        back.joins();
        back.joined();
        second.syncs(Map.of());
        assertThat(TestBed.now(second.sync).error()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
        second.joins();
        assertThat(second.joinRefused()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
        assertThat(second.leaves()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
        assertThat(second.commits(new io.barnabas.wire.TopicPartition("t1", 0), 5))
                .isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    }
}
