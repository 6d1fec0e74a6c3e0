package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.registration.LogDirFailures;
import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionResponse;
import io.barnabas.wire.message.ControlledShutdownRequest;
import io.barnabas.wire.message.ControlledShutdownResponse;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
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

    // --- topics

    @Test
    void makesPartitionsOfANewTopicAndTellsEveryone() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        Uuid id = cluster.createTopic("t", List.of(List.of(1, 2), List.of(2, 1)));
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 0, List.of(1, 2), false, 1));
        assertThat(cluster.state(T1)).isEqualTo(new PartitionStateZnode(2, 0, List.of(2, 1), false, 1));
        assertThat(one.role(T0).leader()).isEqualTo(1);
        assertThat(one.role(T0).isNew()).isTrue();
        assertThat(two.role(T0).isr()).containsExactly(1, 2);
        assertThat(two.topicId(T0)).isEqualTo(id);
        MetadataImage seen = two.metadata().current();
        assertThat(seen.topic(id).name()).isEqualTo("t");
        assertThat(seen.partition(T1).leader()).isEqualTo(2);
    }

    @Test
    void leavesDeadReplicasOutOfTheFirstInSyncSet() {
        cluster.start(1);
        cluster.createTopic("t", List.of(List.of(2, 1)));
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 0, List.of(1), false, 1));
    }

    @Test
    void beginsAPartitionWhoseReplicasWereAllDeadWhenOneComes() {
        cluster.start(1);
        cluster.createTopic("t", List.of(List.of(2)));
        assertThat(cluster.state(T0)).isNull();
        cluster.start(2);
        assertThat(cluster.state(T0).leader()).isEqualTo(2);
    }

    @Test
    void givesATopicOfAnOldToolAnId() {
        SimulatedBroker one = cluster.start(1);
        cluster.server().write("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[1]}}");
        cluster.settle();
        Uuid id = cluster.topic("t").topicId();
        assertThat(id).isNotEqualTo(Uuid.ZERO);
        assertThat(cluster.server().statOf("/brokers/topics/t").version()).isEqualTo(1);
        assertThat(one.topicId(T0)).isEqualTo(id);
        assertThat(one.metadata().current().topicId("t")).isEqualTo(id);
    }

    @Test
    void putsBackTheIdThatAnOldToolDropsWhenItAddsPartitions() {
        SimulatedBroker one = cluster.start(1);
        Uuid id = cluster.createTopic("t", List.of(List.of(1)));
        cluster.server().write("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[1],\"1\":[1]}}");
        cluster.settle();
        assertThat(cluster.topic("t").topicId()).isEqualTo(id);
        assertThat(one.topicId(T1)).isEqualTo(id);
        assertThat(cluster.state(T1).leader()).isEqualTo(1);
    }

    @Test
    void findsTheIdAgainInItsOwnFilesWhenItWasDroppedWhileNobodyReigned() {
        SimulatedBroker one = cluster.start(1);
        Uuid id = cluster.createTopic("t", List.of(List.of(1)));
        one.crash();
        cluster.server().write("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[1],\"1\":[1]}}");
        cluster.recallTopicId("t", id);
        SimulatedBroker again = cluster.start(1);
        assertThat(cluster.topic("t").topicId()).isEqualTo(id);
        assertThat(again.topicId(T0)).isEqualTo(id);
    }

    @Test
    void addsPartitionsAndIgnoresOtherChangesOfKnownOnes() {
        SimulatedBroker one = cluster.start(1);
        Uuid id = cluster.createTopic("t", List.of(List.of(1)));
        TreeMap<Integer, ReplicaAssignment> changed = SimulatedCluster.assignments(List.of(List.of(9), List.of(1)));
        cluster.write("/brokers/topics/t", new TopicZnode(id, changed).bytes());
        cluster.settle();
        assertThat(cluster.state(T1).leader()).isEqualTo(1);
        assertThat(one.role(T1).isNew()).isTrue();
        assertThat(one.metadata().current().partition(T0).replicas()).containsExactly(1);
    }

    // --- deletion

    @Test
    void deletesATopicEverywhere() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2), List.of(2, 1)));
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
        assertThat(cluster.server().contains("/config/topics/t")).isFalse();
        assertThat(cluster.server().contains("/admin/delete_topics/t")).isFalse();
        assertThat(one.deleted()).containsExactly(T0, T1);
        assertThat(two.deleted()).containsExactly(T0, T1);
        assertThat(one.metadata().current().hasTopic("t")).isFalse();
        cluster.createTopic("t", List.of(List.of(2)));
        assertThat(two.role(T0).isNew()).isTrue();
        assertThat(one.metadata().current().partition(T0).leader()).isEqualTo(2);
    }

    @Test
    void haltsADeletionUntilTheDeadReplicaIsBack() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        two.crash();
        cluster.settle();
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isTrue();
        SimulatedBroker back = cluster.start(2);
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
        assertThat(back.deleted()).containsExactly(T0);
    }

    @Test
    void goesOnWithADeletionThatItsPredecessorBegan() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        two.setReachable(false);
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        one.crash();
        two.setReachable(true);
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isTrue();
        cluster.start(1);
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
    }

    @Test
    void clearsAwayTheWishToDeleteAnUnknownTopic() {
        cluster.start(1);
        cluster.server().write("/admin/delete_topics/x", "");
        cluster.settle();
        assertThat(cluster.server().contains("/admin/delete_topics/x")).isFalse();
    }

    @Test
    void deletesNothingWhereThatIsSwitchedOff() {
        cluster.setDeleting(false);
        cluster.start(1);
        cluster.createTopic("t", List.of(List.of(1)));
        cluster.server().write("/admin/delete_topics/t", "");
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isTrue();
        assertThat(cluster.server().contains("/admin/delete_topics/t")).isFalse();
    }

    // --- brokers

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
    void movesLeadersAwayBeforeABrokerStops() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 1), List.of(1, 2), List.of(2)));
        ControlledShutdownResponse answer = cluster.await(one.controller()
                .controlledShutdown(new ControlledShutdownRequest().brokerId(2).brokerEpoch(two.epoch())));
        assertThat(answer.errorCode()).isEqualTo(ErrorCode.NONE.code());
        assertThat(answer.remainingPartitions()).isEmpty();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 1, List.of(1), false, 1));
        assertThat(cluster.state(T1)).isEqualTo(new PartitionStateZnode(1, 1, List.of(1), false, 1));
        assertThat(cluster.state(new TopicPartition("t", 2)).leader()).isEqualTo(2);
    }

    @Test
    void namesWhatABrokerThatStopsStillLeads() {
        SimulatedBroker one = cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(2, 3)));
        ControlledShutdownResponse answer = cluster.await(one.controller()
                .controlledShutdown(new ControlledShutdownRequest().brokerId(2).brokerEpoch(two.epoch())));
        assertThat(answer.remainingPartitions()).hasSize(1);
        ControlledShutdownResponse stale = cluster.await(one.controller()
                .controlledShutdown(new ControlledShutdownRequest().brokerId(2).brokerEpoch(two.epoch() - 1)));
        assertThat(stale.errorCode()).isEqualTo(ErrorCode.STALE_BROKER_EPOCH.code());
    }

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
        assertThat(alterIsr(T0, 1, 2).errorCode()).isZero();
        cluster.settle();
        assertThat(cluster.state(T0)).isEqualTo(new PartitionStateZnode(1, 1, List.of(1, 2), false, 1));
        return back;
    }

    // --- in-sync sets

    private AlterPartitionResponse.PartitionData alterIsr(TopicPartition partition, int... isr) {
        PartitionStateZnode now = cluster.state(partition);
        int partitionEpoch = cluster.server()
                .statOf("/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state")
                .version();
        return alter(
                partition,
                new AlterPartitionRequest.PartitionData()
                        .partitionIndex(partition.partition())
                        .leaderEpoch(now.leaderEpoch())
                        .partitionEpoch(partitionEpoch)
                        .newIsrWithEpochs(Arrays.stream(isr)
                                .mapToObj(id -> new AlterPartitionRequest.BrokerState().brokerId(id))
                                .toList()));
    }

    private AlterPartitionResponse.PartitionData alter(
            TopicPartition partition, AlterPartitionRequest.PartitionData wish) {
        SimulatedBroker leader = cluster.broker(cluster.state(partition).leader());
        AlterPartitionRequest request = new AlterPartitionRequest()
                .brokerId(leader.id())
                .brokerEpoch(leader.epoch())
                .topics(List.of(new AlterPartitionRequest.TopicData()
                        .topicId(cluster.topic(partition.topic()).topicId())
                        .partitions(List.of(wish))));
        AlterPartitionResponse answer =
                cluster.await(cluster.broker(1).controller().alterPartition(request));
        assertThat(answer.errorCode()).isZero();
        return answer.topics().get(0).partitions().get(0);
    }

    @Test
    void writesTheInSyncSetThatALeaderAsksForAndTellsAll() {
        SimulatedBroker one = cluster.start(1);
        cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        AlterPartitionResponse.PartitionData shrunk = alterIsr(T0, 1);
        assertThat(shrunk.isr()).containsExactly(1);
        assertThat(shrunk.partitionEpoch()).isEqualTo(1);
        assertThat(shrunk.leaderEpoch()).isZero();
        assertThat(alterIsr(T0, 1, 2).partitionEpoch()).isEqualTo(2);
        cluster.settle();
        assertThat(one.metadata().current().partition(T0).isr()).containsExactly(1, 2);
        assertThat(one.metadata().current().partition(T0).partitionEpoch()).isEqualTo(2);
    }

    @Test
    void answersARepeatedWishAsTheFirst() {
        cluster.start(1);
        cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        AlterPartitionRequest.PartitionData wish = new AlterPartitionRequest.PartitionData()
                .newIsrWithEpochs(List.of(new AlterPartitionRequest.BrokerState().brokerId(1)));
        assertThat(alter(T0, wish).partitionEpoch()).isEqualTo(1);
        AlterPartitionResponse.PartitionData again = alter(T0, wish);
        assertThat(again.errorCode()).isZero();
        assertThat(again.partitionEpoch()).isEqualTo(1);
    }

    @Test
    void refusesWishesThatAreStaleOrNameDeadBrokers() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        alterIsr(T0, 1);
        AlterPartitionRequest.PartitionData both = new AlterPartitionRequest.PartitionData()
                .newIsrWithEpochs(List.of(
                        new AlterPartitionRequest.BrokerState().brokerId(1),
                        new AlterPartitionRequest.BrokerState().brokerId(2)));
        assertThat(alter(T0, both).errorCode()).isEqualTo(ErrorCode.INVALID_UPDATE_VERSION.code());
        assertThat(alter(T0, both.partitionEpoch(5)).errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
        two.crash();
        cluster.settle();
        assertThat(alterIsr(T0, 1, 2).errorCode()).isEqualTo(ErrorCode.INELIGIBLE_REPLICA.code());
        assertThat(alter(new TopicPartition("t", 0), both.partitionIndex(9)).errorCode())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    @Test
    void refusesALeaderWhoseRegistrationIsStale() {
        SimulatedBroker one = cluster.start(1);
        AlterPartitionResponse answer = cluster.await(one.controller()
                .alterPartition(new AlterPartitionRequest().brokerId(1).brokerEpoch(one.epoch() - 1)));
        assertThat(answer.errorCode()).isEqualTo(ErrorCode.STALE_BROKER_EPOCH.code());
    }

    // --- blocks of producer ids

    @Test
    void givesOutEachBlockOfProducerIdsOnce() {
        SimulatedBroker one = cluster.start(1);
        assertThat(block(one, one.epoch()).producerIdStart()).isZero();
        AllocateProducerIdsResponse second = block(one, one.epoch());
        assertThat(second.producerIdStart()).isEqualTo(1000);
        assertThat(second.producerIdLen()).isEqualTo(1000);
        assertThat(cluster.server().textOf("/latest_producer_id_block"))
                .isEqualTo("{\"version\":1,\"broker\":1,\"block_start\":\"1000\",\"block_end\":\"1999\"}");
        assertThat(block(one, one.epoch() - 1).errorCode()).isEqualTo(ErrorCode.STALE_BROKER_EPOCH.code());
        cluster.start(2);
        assertThat(cluster.await(cluster.broker(2)
                                .controller()
                                .allocateProducerIds(new AllocateProducerIdsRequest().brokerId(2)))
                        .errorCode())
                .isEqualTo(ErrorCode.NOT_CONTROLLER.code());
    }

    private AllocateProducerIdsResponse block(SimulatedBroker broker, long epoch) {
        return cluster.await(broker.controller()
                .allocateProducerIds(
                        new AllocateProducerIdsRequest().brokerId(broker.id()).brokerEpoch(epoch)));
    }
}
