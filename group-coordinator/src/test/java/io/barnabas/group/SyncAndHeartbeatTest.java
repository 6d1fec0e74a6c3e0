package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncAndHeartbeatTest {
    private static final TopicPartition T1_0 = new TopicPartition("t1", 0);

    private final TestBed bed = new TestBed();

    @AfterEach
    void noFaults() {
        assertThat(bed.faults.faults()).isEmpty();
    }

    @Test
    void handsOutWhatTheLeaderAssigned() {
        List<Client> members = bed.stableGroup("g");
        assertThat(members.get(0).synced()).isEqualTo(TestBed.bytes("one"));
        assertThat(members.get(1).synced()).isEqualTo(TestBed.bytes("two"));
        assertThat(bed.stateOf("g")).isEqualTo("Stable");
    }

    @Test
    void givesNothingToWhomTheLeaderForgot() {
        Client alone = bed.client("g");
        alone.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        alone.joined();
        alone.syncs(Map.of());
        assertThat(alone.synced()).isEmpty();
    }

    @Test
    void answersOnlyOnceTheAssignmentIsCommitted() {
        Client alone = bed.client("g");
        alone.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        alone.joined();
        bed.partitions.commitAtOnce(false);
        alone.syncs(Map.of(alone.id, TestBed.bytes("all")));
        assertThat(alone.sync).isNotDone();
        assertThat(alone.heartbeats()).as("heartbeats do not wait").isEqualTo(ErrorCode.NONE);
        bed.partitions.commitAll();
        assertThat(alone.synced()).isEqualTo(TestBed.bytes("all"));
    }

    @Test
    void hasMembersJoinAgainWhenTheAssignmentIsNotReplicatedInTime() {
        Client alone = bed.client("g");
        alone.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        alone.joined();
        bed.partitions.commitAtOnce(false);
        alone.syncs(Map.of());
        bed.time.advanceMs(5000);
        assertThat(TestBed.now(alone.sync).error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    }

    @Test
    void rebalancesWhenTheAssignmentCannotBeStored() {
        Client first = bed.client("g");
        Client second = bed.client("g");
        first.joins();
        second.joins();
        bed.time.advanceMs(2 * TestBed.INITIAL_DELAY_MS);
        first.joined();
        second.joined();
        second.syncs(Map.of());
        bed.partitions.refuseAppends(ErrorCode.NOT_ENOUGH_REPLICAS);
        first.syncs(Map.of());
        assertThat(TestBed.now(first.sync).error()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(TestBed.now(second.sync).error()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
    }

    @Test
    void refusesSyncsThatDoNotFit() {
        List<Client> members = bed.stableGroup("g");
        Client member = members.get(1);
        assertThat(sync("unknown", 1, member.id, null, null)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        assertThat(sync("g", 1, "who", null, null)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        assertThat(sync("g", 2, member.id, null, null)).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
        assertThat(sync("g", 1, member.id, "connect", "range")).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        assertThat(sync("g", 1, member.id, "consumer", "sticky")).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        assertThat(sync("", 1, member.id, null, null)).isEqualTo(ErrorCode.INVALID_GROUP_ID);
        bed.client("g").joins();
        assertThat(sync("g", 1, member.id, "consumer", "range")).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    }

    @Test
    void tellsWaitingMembersToJoinAgainWhenSomebodyComes() {
        Client first = bed.client("g");
        Client second = bed.client("g");
        first.joins();
        second.joins();
        bed.time.advanceMs(2 * TestBed.INITIAL_DELAY_MS);
        first.joined();
        second.joined();
        second.syncs(Map.of());
        bed.client("g").joins();
        assertThat(TestBed.now(second.sync).error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    }

    @Test
    void givesUpMembersThatNeverSync() {
        Client leader = bed.client("g");
        Client lazy = bed.client("g");
        leader.sessionMs = 600_000;
        lazy.sessionMs = 600_000;
        leader.joins();
        lazy.joins();
        bed.time.advanceMs(2 * TestBed.INITIAL_DELAY_MS);
        leader.joined();
        lazy.joined();
        leader.syncs(Map.of());
        bed.time.advanceMs(TestBed.REBALANCE_MS - 1);
        assertThat(bed.stateOf("g")).isEqualTo("Stable");
        bed.time.advanceMs(1);
        assertThat(bed.stateOf("g")).isEqualTo("PreparingRebalance");
        assertThat(lazy.heartbeats()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        leader.joins();
        assertThat(leader.joined().members()).hasSize(1);
    }

    @Test
    void rebalancesWhenTheLeaderNeverSyncs() {
        Client leader = bed.client("g");
        Client other = bed.client("g");
        leader.sessionMs = 600_000;
        leader.joins();
        other.joins();
        bed.time.advanceMs(2 * TestBed.INITIAL_DELAY_MS);
        leader.joined();
        other.joined();
        other.syncs(Map.of());
        bed.time.advanceMs(TestBed.REBALANCE_MS);
        assertThat(TestBed.now(other.sync).error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
        other.joins();
        assertThat(other.joined().leaderId()).isEqualTo(other.id);
    }

    @Test
    void answersHeartbeatsByState() {
        Client client = bed.client("g");
        client.id = "who";
        assertThat(client.heartbeats()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        client.id = "";
        client.joins();
        bed.time.advanceMs(TestBed.INITIAL_DELAY_MS);
        client.joined();
        assertThat(client.heartbeats()).as("completing").isEqualTo(ErrorCode.NONE);
        client.generation = 7;
        assertThat(client.heartbeats()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
        client.generation = 1;
        bed.client("g").joins();
        assertThat(client.heartbeats()).as("preparing").isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    }

    @Test
    void expiresAMemberAfterItsSessionTimeout() {
        List<Client> members = bed.stableGroup("g");
        bed.time.advanceMs(TestBed.SESSION_MS - 1);
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.NONE);
        bed.time.advanceMs(1);
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
        assertThat(members.get(1).heartbeats()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        members.get(0).joins();
        assertThat(members.get(0).joined().members()).hasSize(1);
    }

    @Test
    void countsCommitsAndSyncsAsLife() {
        List<Client> members = bed.stableGroup("g");
        for (int i = 0; i < 5; i++) {
            bed.time.advanceMs(6000);
            assertThat(members.get(0).commits(T1_0, i)).isEqualTo(ErrorCode.NONE);
            members.get(1).syncs(Map.of());
            members.get(1).synced();
        }
        assertThat(bed.stateOf("g")).isEqualTo("Stable");
    }

    @Test
    void becomesEmptyWhenTheLastMemberLeavesAndTellsTheLog() {
        List<Client> members = bed.stableGroup("g");
        assertThat(members.get(0).leaves()).isEqualTo(ErrorCode.NONE);
        assertThat(members.get(1).heartbeats()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
        assertThat(members.get(1).leaves()).isEqualTo(ErrorCode.NONE);
        assertThat(bed.stateOf("g")).isEqualTo("Empty");
        List<GroupRecord> records = bed.records();
        assertThat(records.get(records.size() - 1))
                .isEqualTo(new GroupRecord.GroupStored("g", "consumer", 2, null, null, bed.time.nowMs(), List.of()));
    }

    @Test
    void isEmptyEvenIfTheLogCannotBeTold() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).leaves();
        bed.partitions.refuseAppends(ErrorCode.KAFKA_STORAGE_ERROR);
        assertThat(members.get(1).leaves()).isEqualTo(ErrorCode.NONE);
        assertThat(bed.stateOf("g")).isEqualTo("Empty");
    }

    @Test
    void refusesGoodbyesOfStrangers() {
        bed.stableGroup("g");
        Client stranger = bed.client("g");
        assertThat(stranger.leaves()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        stranger.id = "who";
        assertThat(stranger.leaves()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
        assertThat(bed.client("nobody").leaves()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    }

    @Test
    void bringsMembersBackAfterARestartAndGivesThemASessionToShowUp() {
        List<Client> members = bed.stableGroup("g");
        bed.restart();
        assertThat(bed.stateOf("g")).isEqualTo("Stable");
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.NONE);
        members.get(1).syncs(Map.of());
        assertThat(members.get(1).synced()).isEqualTo(TestBed.bytes("two"));
        bed.time.advanceMs(TestBed.SESSION_MS);
        assertThat(bed.stateOf("g")).isEqualTo("Empty");
    }

    @Test
    void answersWhileLoadingSoThatClientsKeepCalm() {
        List<Client> members = bed.stableGroup("g");
        bed.loaders.hold();
        bed.restart();
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.NONE);
        members.get(0).syncs(Map.of());
        assertThat(TestBed.now(members.get(0).sync).error()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
        members.get(0).joins();
        assertThat(members.get(0).joinRefused()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        assertThat(members.get(0).commits(T1_0, 1)).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        assertThat(TestBed.now(bed.groups.fetch("g", null, false)).error())
                .isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        assertThat(TestBed.now(bed.groups.list(java.util.Set.of(), java.util.Set.of()))
                        .error())
                .isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        bed.loaders.release();
        assertThat(members.get(0).heartbeats()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void tellsWaitingMembersWhenItIsNoLongerTheirCoordinator() {
        List<Client> members = bed.stableGroup("g");
        members.get(0).joins();
        bed.groups.resigned(0, java.util.OptionalInt.of(99));
        assertThat(members.get(0).joinRefused()).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(members.get(1).heartbeats()).isEqualTo(ErrorCode.NOT_COORDINATOR);
    }

    private ErrorCode sync(String group, int generation, String memberId, String type, String name) {
        return TestBed.now(bed.groups.sync(new SyncRequest(group, generation, memberId, null, type, name, Map.of())))
                .error();
    }
}
