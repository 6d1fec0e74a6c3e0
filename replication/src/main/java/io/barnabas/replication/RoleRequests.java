package io.barnabas.replication;

import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionV0;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicV1;
import java.util.ArrayList;
import java.util.List;

/**
 * The controller's role requests as plain lists, whichever version they came in: flat (LeaderAndIsr 0-1, StopReplica
 * 0), grouped by topic, with or without topic ids and leader epochs. Pure.
 */
final class RoleRequests {
    /** Leader epoch in a StopReplica that does not name one. */
    static final int NO_EPOCH = -1;

    /** Leader epoch in a StopReplica for a topic that is being deleted: overrides every epoch. */
    static final int EPOCH_OF_DELETION = -2;

    private RoleRequests() {}

    /** One partition that gets a role. */
    record Assigned(TopicPartition name, Uuid topicId, RoleChange change) {}

    /** One partition that this broker shall stop copying, and perhaps delete. */
    record Stopped(TopicPartition name, int leaderEpoch, boolean delete) {
        boolean isOutdatedBy(int currentEpoch) {
            return leaderEpoch != NO_EPOCH && leaderEpoch != EPOCH_OF_DELETION && leaderEpoch < currentEpoch;
        }
    }

    static List<Assigned> assigned(LeaderAndIsrRequest request) {
        List<Assigned> all = new ArrayList<>();
        for (LeaderAndIsrPartitionState state : request.ungroupedPartitionStates()) {
            all.add(assigned(state.topicName(), Uuid.ZERO, state));
        }
        for (LeaderAndIsrTopicState topic : request.topicStates()) {
            for (LeaderAndIsrPartitionState state : topic.partitionStates()) {
                all.add(assigned(topic.topicName(), topic.topicId(), state));
            }
        }
        return all;
    }

    private static Assigned assigned(String topic, Uuid topicId, LeaderAndIsrPartitionState state) {
        return new Assigned(
                new TopicPartition(topic, state.partitionIndex()),
                topicId,
                new RoleChange(
                        state.leader(),
                        state.leaderEpoch(),
                        state.partitionEpoch(),
                        state.replicas(),
                        state.isr(),
                        state.isNew()));
    }

    static List<Stopped> stopped(StopReplicaRequest request) {
        List<Stopped> all = new ArrayList<>();
        for (StopReplicaPartitionV0 partition : request.ungroupedPartitions()) {
            TopicPartition name = new TopicPartition(partition.topicName(), partition.partitionIndex());
            all.add(new Stopped(name, NO_EPOCH, request.deletePartitions()));
        }
        for (StopReplicaTopicV1 topic : request.topics()) {
            for (int index : topic.partitionIndexes()) {
                all.add(new Stopped(new TopicPartition(topic.name(), index), NO_EPOCH, request.deletePartitions()));
            }
        }
        for (StopReplicaTopicState topic : request.topicStates()) {
            for (StopReplicaPartitionState state : topic.partitionStates()) {
                TopicPartition name = new TopicPartition(topic.topicName(), state.partitionIndex());
                all.add(new Stopped(name, state.leaderEpoch(), state.deletePartition()));
            }
        }
        return all;
    }
}
