package io.barnabas.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.znodes.PartitionStateZnode;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.AlterPartitionRequest;
import io.barnabas.wire.message.AlterPartitionResponse;
import io.barnabas.wire.message.ControlledShutdownRequest;
import io.barnabas.wire.message.ControlledShutdownResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What brokers ask the controller for: changes of in-sync sets, producer ids, leave to stop. */
class ControllerRequestsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final SimulatedCluster cluster = new SimulatedCluster();

    @AfterEach
    void expectNoFaults() {
        assertThat(cluster.faults().faults()).isEmpty();
    }

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
    void writesTheInSyncSetThatALeaderAsksForAndTellsAll() {
        SimulatedBroker one = cluster.start(1);
        cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        AlterPartitionResponse.PartitionData shrunk = cluster.alterIsr(T0, 1);
        assertThat(shrunk.isr()).containsExactly(1);
        assertThat(shrunk.partitionEpoch()).isEqualTo(1);
        assertThat(shrunk.leaderEpoch()).isZero();
        assertThat(cluster.alterIsr(T0, 1, 2).partitionEpoch()).isEqualTo(2);
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
        assertThat(cluster.alter(T0, wish).partitionEpoch()).isEqualTo(1);
        AlterPartitionResponse.PartitionData again = cluster.alter(T0, wish);
        assertThat(again.errorCode()).isZero();
        assertThat(again.partitionEpoch()).isEqualTo(1);
    }

    @Test
    void refusesWishesThatAreStaleOrNameDeadBrokers() {
        cluster.start(1);
        SimulatedBroker two = cluster.start(2);
        cluster.createTopic("t", List.of(List.of(1, 2)));
        cluster.alterIsr(T0, 1);
        AlterPartitionRequest.PartitionData both = new AlterPartitionRequest.PartitionData()
                .newIsrWithEpochs(List.of(
                        new AlterPartitionRequest.BrokerState().brokerId(1),
                        new AlterPartitionRequest.BrokerState().brokerId(2)));
        assertThat(cluster.alter(T0, both).errorCode()).isEqualTo(ErrorCode.INVALID_UPDATE_VERSION.code());
        assertThat(cluster.alter(T0, both.partitionEpoch(5)).errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
        two.crash();
        cluster.settle();
        assertThat(cluster.alterIsr(T0, 1, 2).errorCode()).isEqualTo(ErrorCode.INELIGIBLE_REPLICA.code());
        assertThat(cluster.alter(new TopicPartition("t", 0), both.partitionIndex(9))
                        .errorCode())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    @Test
    void refusesALeaderWhoseRegistrationIsStale() {
        SimulatedBroker one = cluster.start(1);
        AlterPartitionResponse answer = cluster.await(one.controller()
                .alterPartition(new AlterPartitionRequest().brokerId(1).brokerEpoch(one.epoch() - 1)));
        assertThat(answer.errorCode()).isEqualTo(ErrorCode.STALE_BROKER_EPOCH.code());
    }

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
