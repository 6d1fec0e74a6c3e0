package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.registration.LogDirFailures;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.wire.TopicPartition;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllerTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final SimulatedCluster cluster = new SimulatedCluster();

    @AfterEach
    void expectNoFaults() {
        assertThat(cluster.faults().faults()).isEmpty();
    }

    // --- the office

    @Test
    void electsTheFirstBrokerWithEpochOne() {
        SimulatedBroker one = cluster.start(1);
        assertThat(one.controller().isActive()).isTrue();
        assertThat(one.controller().epoch()).isEqualTo(1);
        assertThat(cluster.server().textOf("/controller")).contains("\"brokerid\":1");
        assertThat(cluster.server().textOf("/controller_epoch")).isEqualTo("1");
        assertThat(cluster.server().textOf("/feature")).isEqualTo("{\"features\":{},\"version\":2,\"status\":1}");
        assertThat(one.metadata().current().controllerId()).isEqualTo(1);
        assertThat(one.metadata().current().brokers()).containsOnlyKeys(1);
    }

    @Test
    void passesTheOfficeOnWhenItsHolderDies() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        assertThat(two.controller().isActive()).isFalse();
        one.crash();
        cluster.settle();
        assertThat(two.controller().isActive()).isTrue();
        assertThat(two.controller().epoch()).isEqualTo(2);
        assertThat(two.metadata().current().controllerId()).isEqualTo(2);
        assertThat(two.metadata().current().brokers()).containsOnlyKeys(2);
    }

    @Test
    void resignsAndStandsAgainWhenItsSessionIsLost() {
        SimulatedBroker one = cluster.start(1);
        cluster.createTopic("t", List.of(List.of(1)));
        long before = one.epoch();
        one.store().expireSession();
        cluster.settle();
        assertThat(one.epoch()).isGreaterThan(before);
        assertThat(one.controller().epoch()).isEqualTo(2);
        assertThat(cluster.state(T0).leader()).isEqualTo(1);
        assertThat(cluster.state(T0).leaderEpoch()).isZero();
    }

    @Test
    void stopsWritingOnceAnotherControllerWasElected() {
        SimulatedBroker one = cluster.start(1);
        cluster.createTopic("t", List.of(List.of(1)));
        // Another program has taken the office: the epoch goes on, the node stays.
        cluster.server().write("/controller_epoch", "7");
        cluster.createTopic("u", List.of(List.of(1)));
        assertThat(one.controller().isActive()).isFalse();
        assertThat(cluster.state(new TopicPartition("u", 0))).isNull();
    }

    @Test
    void takesTheOfficeAgainAfterItsNodeWasRemovedByHand() {
        SimulatedBroker one = cluster.start(1);
        cluster.server().remove("/controller");
        cluster.settle();
        assertThat(one.controller().epoch()).isEqualTo(2);
    }

    @Test
    void electsAnInSyncReplicaWhenTheLeaderDies() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        SimulatedBroker three = cluster.start(3);
        cluster.createTopic("t", List.of(List.of(2, 3, 1)));
        two.crash();
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(3, 1, List.of(3, 1), false, 1));
        assertThat(three.role(T0).leaderEpoch()).isEqualTo(1);
        assertThat(three.metadata().current().partition(T0).offlineReplicas()).containsExactly(2);
        assertThat(three.metadata().current().brokers()).containsOnlyKeys(1, 3);
    }

    @Test
    void recognisesItsOwnWriteWhenOnlyTheAnswerGotLost() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        SimulatedBroker three = cluster.start(3);
        cluster.createTopic("t", List.of(List.of(2, 3, 1)));
        two.crash();
        while (cluster.state(T0).leader() == 2) {
            cluster.time().advanceToNextTask();
        }
        one.store().disconnect(true);
        one.store().reconnect();
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(3, 1, List.of(3, 1), false, 1));
        assertThat(three.role(T0).leaderEpoch()).isEqualTo(1);
    }

    @Test
    void decidesAgainWhenItsWriteDidNotArrive() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        SimulatedBroker three = cluster.start(3);
        cluster.createTopic("t", List.of(List.of(2, 3, 1)));
        two.crash();
        while (one.metadata().current().brokers().containsKey(2)
                && cluster.state(T0).leader() == 2) {
            one.store().disconnect(false);
            one.store().reconnect();
            cluster.time().advanceMs(7);
        }
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(3, 1, List.of(3, 1), false, 1));
        assertThat(three.role(T0).leader()).isEqualTo(3);
    }

    @Test
    void keepsTheLastInSyncReplicaAndWaitsForIt() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2)));
        two.crash();
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(-1, 1, List.of(2), false, 1));
        SimulatedBroker back = cluster.start(2);
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(2, 2, List.of(2), false, 1));
        assertThat(back.role(T0).leader()).isEqualTo(2);
    }

    @Test
    void electsAnOutOfSyncReplicaOnlyWhereThatIsAllowed() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 3)));
        cluster.start(3);
        two.crash();
        cluster.settle();
        assertThat(cluster.state(T0).leader()).isEqualTo(-1);
        cluster.allowUncleanElection("t");
        one.controller().uncleanElectionAllowed();
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(3, 2, List.of(3), true, 1));
    }

    @Test
    void tellsANewBrokerEverythingAndTheOthersOfIt() {
        SimulatedBroker one = cluster.start(1);
        cluster.createTopic("t", List.of(List.of(1)));
        SimulatedBroker two = cluster.start(2);
        assertThat(two.metadata().current().partition(T0).leader()).isEqualTo(1);
        assertThat(one.metadata().current().brokers()).containsOnlyKeys(1, 2);
    }

    @Test
    void treatsABrokerThatCameBackAsDeadAndThenNew() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 1)));
        two.store().expireSession();
        cluster.settle();
        assertThat(cluster.state(T0).leader()).isEqualTo(1);
        assertThat(cluster.state(T0).isr()).containsExactly(1);
        assertThat(two.role(T0).leaderEpoch()).isEqualTo(cluster.state(T0).leaderEpoch());
    }

    @Test
    void takesOverAfterItsPredecessorWithTheSameLeaders() {
        SimulatedBroker one = cluster.start(1);
        cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 1), List.of(1, 2)));
        one.crash();
        cluster.settle();
        // One write for the follower that died; two where the leader died, as Kafka's controller does it.
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(2, 1, List.of(2), false, 2));
        assertThat(cluster.state(T1)).isEqualTo(new PartitionStateZnode(2, 2, List.of(2), false, 2));
    }

    @Test
    void keepsSendingUntilABrokerCanBeReached() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        two.setReachable(false);
        cluster.createTopic("t", List.of(List.of(2)));
        assertThat(two.role(T0)).isNull();
        two.setReachable(true);
        cluster.settle();
        assertThat(two.role(T0).leader()).isEqualTo(2);
    }

    @Test
    void movesLeadershipAwayFromAFailedDirectory() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 1), List.of(2, 1)));
        two.failDirectoryOf(T0);
        cluster.await(LogDirFailures.announce(two.store().session(), 2));
        assertThat(cluster.server().textOf("/log_dir_event_notification/log_dir_event_0000000000"))
                .isEqualTo("{\"version\":1,\"broker\":2,\"event\":1}");
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 1, List.of(1), false, 1));
        assertThat(cluster.state(T1).leader()).isEqualTo(2);
        assertThat(cluster.server().contains("/log_dir_event_notification/log_dir_event_0000000000"))
                .isFalse();
        assertThat(two.metadata().current().partition(T0).offlineReplicas()).containsExactly(2);
    }

    // --- moving leaders

    @Test
    void electsPreferredLeadersWhenAnOldToolAsks() {
        SimulatedBroker two = leadershipMovesFrom2To1();
        assertThat(two.role(T0).leader()).isEqualTo(1);
        cluster.server()
                .write(
                        "/admin/preferred_replica_election",
                        "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":0},{\"topic\":\"x\",\"partition\":0}]}");
        cluster.settle();
        assertThat(cluster.state(T0).leader()).isEqualTo(2);
        assertThat(cluster.server().contains("/admin/preferred_replica_election"))
                .isFalse();
    }

    @Test
    void givesLeadershipBackToPreferredReplicasByItself() {
        cluster.setBalancing(true);
        leadershipMovesFrom2To1();
        cluster.time().advanceMs(300_000);
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(2, 2, List.of(1, 2), false, 1));
    }

    /** Broker 2 was away; now it is in sync again, and 1 leads. */
    private SimulatedBroker leadershipMovesFrom2To1() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 1)));
        two.crash();
        cluster.settle();
        SimulatedBroker back = cluster.start(2);
        assertThat(cluster.alterIsr(T0, 1, 2).errorCode()).isZero();
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 1, List.of(1, 2), false, 1));
        return back;
    }
}
