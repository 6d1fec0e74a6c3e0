package io.barnabas.simulation;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataPartitionState;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataTopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What outlives brokers: which topics there are, who leads their partitions in which epoch, which producer ids are
 * given away. There is one broker with data; leadership may be with another one, that has none, for a while.
 */
final class SimulatedController {
    static final int BROKER_ID = 1;
    private static final int OTHER_ID = 2;
    private static final int CONTROLLER_EPOCH = 1;
    private static final int BLOCK = 5;

    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private final Map<TopicPartition, Integer> epochs = new TreeMap<>();
    private final Function<String, Uuid> ids;
    private long nextProducerId = 1000;

    SimulatedController(int inputs, int outputs) {
        this(
                Map.of(INPUT, inputs, OUTPUT, outputs, GroupCoordinator.TOPIC, 2, TransactionCoordinator.TOPIC, 2),
                topic -> new Uuid(7, topic.hashCode()));
    }

    /**
     * @param topics with the number of their partitions
     * @param ids of topics; may be {@link Uuid#ZERO}, as with controllers before 2.8
     */
    SimulatedController(Map<String, Integer> topics, Function<String, Uuid> ids) {
        this.ids = ids;
        topics.forEach((topic, partitions) -> {
            for (int i = 0; i < partitions; i++) {
                epochs.put(new TopicPartition(topic, i), 0);
            }
        });
    }

    List<TopicPartition> partitions() {
        return List.copyOf(epochs.keySet());
    }

    /** Small blocks, so that they run out. */
    AllocateProducerIdsResponse nextBlock() {
        nextProducerId += BLOCK;
        return new AllocateProducerIdsResponse().producerIdStart(nextProducerId).producerIdLen(BLOCK);
    }

    /** A broker has come: it leads everything. */
    void assignAll(SimulatedBroker broker) {
        for (TopicPartition partition : partitions()) {
            lead(broker, partition, BROKER_ID);
        }
    }

    void moveAway(SimulatedBroker broker, TopicPartition partition) {
        lead(broker, partition, OTHER_ID);
    }

    void moveBack(SimulatedBroker broker, TopicPartition partition) {
        lead(broker, partition, BROKER_ID);
    }

    private void lead(SimulatedBroker broker, TopicPartition partition, int leader) {
        int epoch = epochs.merge(partition, 1, Integer::sum);
        Uuid topicId = ids.apply(partition.topic());
        int[] replicas = {BROKER_ID, OTHER_ID};
        int[] inSync = {leader};
        broker.apply(
                new LeaderAndIsrRequest()
                        .controllerEpoch(CONTROLLER_EPOCH)
                        .brokerEpoch(-1)
                        .topicStates(List.of(new LeaderAndIsrTopicState()
                                .topicName(partition.topic())
                                .topicId(topicId)
                                .partitionStates(new ArrayList<>(List.of(new LeaderAndIsrPartitionState()
                                        .partitionIndex(partition.partition())
                                        .leader(leader)
                                        .leaderEpoch(epoch)
                                        .partitionEpoch(epoch)
                                        .controllerEpoch(CONTROLLER_EPOCH)
                                        .replicas(replicas)
                                        .isr(inSync)
                                        .isNew(epoch == 1)))))),
                new UpdateMetadataRequest()
                        .controllerEpoch(CONTROLLER_EPOCH)
                        .topicStates(List.of(new UpdateMetadataTopicState()
                                .topicName(partition.topic())
                                .topicId(topicId)
                                .partitionStates(new ArrayList<>(List.of(new UpdateMetadataPartitionState()
                                        .partitionIndex(partition.partition())
                                        .leader(leader)
                                        .leaderEpoch(epoch)
                                        .isr(inSync)
                                        .replicas(replicas)))))));
    }
}
