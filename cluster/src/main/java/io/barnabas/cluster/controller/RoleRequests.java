package io.barnabas.cluster.controller;

import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.config.SecurityProtocol;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.LeaderAndIsrRequest;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrLiveLeader;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrPartitionState;
import io.barnabas.wire.message.LeaderAndIsrRequest.LeaderAndIsrTopicState;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicState;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataBroker;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataEndpoint;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataPartitionState;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataTopicState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The requests of one round of changes: gathered partition by partition, sent as one of each kind a broker, in the
 * order LeaderAndIsr, UpdateMetadata, StopReplica. Describes the state as it is when sent. Used once.
 */
final class RoleRequests {
    private static final int LEADER_OF_DELETED = -2;
    private static final int EPOCH_UNKNOWN = -1;
    private static final int EPOCH_OF_DELETED = -2;

    private final Origin origin;
    private final ClusterState state;
    /** Broker, then partition, then whether the replica is new. */
    private final Map<Integer, Map<TopicPartition, Boolean>> roles = new TreeMap<>();
    /** Broker, then partition, then whether it is deleted. */
    private final Map<Integer, Map<TopicPartition, Boolean>> stops = new TreeMap<>();

    private final Set<TopicPartition> announced = new LinkedHashSet<>();
    private final Set<Integer> audience = new TreeSet<>();

    /**
     * Who sends.
     *
     * @param interBrokerListener by whose endpoint brokers reach each other
     */
    record Origin(int controllerId, int controllerEpoch, String interBrokerListener) {}

    RoleRequests(Origin origin, ClusterState state) {
        this.origin = origin;
        this.state = state;
    }

    /** These brokers learn their role; all brokers learn the partition's state. */
    void tellRoles(Collection<Integer> brokers, TopicPartition partition, boolean isNew) {
        brokers.forEach(broker -> roles.computeIfAbsent(broker, unused -> new LinkedHashMap<>())
                .merge(partition, isNew, Boolean::logicalOr));
        announce(Set.of(partition));
    }

    void stop(int broker, TopicPartition partition, boolean delete) {
        stops.computeIfAbsent(broker, unused -> new LinkedHashMap<>()).merge(partition, delete, Boolean::logicalOr);
    }

    /** All brokers learn which brokers there are, and the state of these partitions. */
    void announce(Collection<TopicPartition> partitions) {
        announceTo(state.brokers().keySet(), partitions);
    }

    void announceTo(Collection<Integer> brokers, Collection<TopicPartition> partitions) {
        audience.addAll(brokers);
        announced.addAll(partitions);
    }

    void send(BrokerChannels channels, RoleAnswers answers) {
        roles.forEach((broker, partitions) -> {
            if (state.brokers().containsKey(broker)) {
                channels.leaderAndIsr(broker, leaderAndIsr(broker, partitions), answers);
            }
        });
        List<UpdateMetadataTopicState> topics = topicStates();
        audience.stream()
                .filter(state.brokers()::containsKey)
                .forEach(broker -> channels.updateMetadata(broker, updateMetadata(broker, topics)));
        stops.forEach((broker, partitions) -> {
            if (state.brokers().containsKey(broker)) {
                Set<TopicPartition> deleted = new LinkedHashSet<>(partitions.keySet());
                deleted.removeIf(partition -> !partitions.get(partition));
                channels.stopReplica(broker, stopReplica(broker, partitions), deleted, answers);
            }
        });
    }

    // --- LeaderAndIsr

    private LeaderAndIsrRequest leaderAndIsr(int broker, Map<TopicPartition, Boolean> partitions) {
        Map<String, LeaderAndIsrTopicState> topics = new LinkedHashMap<>();
        Set<Integer> leaders = new TreeSet<>();
        partitions.forEach((partition, isNew) -> {
            Leadership leadership = state.leadership(partition);
            ReplicaAssignment assignment = state.assignment(partition);
            if (leadership == null || assignment == null) {
                return;
            }
            leaders.add(leadership.leader());
            topics.computeIfAbsent(partition.topic(), this::leaderAndIsrTopic)
                    .partitionStates()
                    .add(role(partition, leadership, assignment, isNew));
        });
        return new LeaderAndIsrRequest()
                .controllerId(origin.controllerId())
                .controllerEpoch(origin.controllerEpoch())
                .brokerEpoch(state.brokers().get(broker).epoch())
                .topicStates(List.copyOf(topics.values()))
                .liveLeaders(liveLeaders(leaders));
    }

    private LeaderAndIsrTopicState leaderAndIsrTopic(String topic) {
        return new LeaderAndIsrTopicState()
                .topicName(topic)
                .topicId(state.topicId(topic))
                .partitionStates(new ArrayList<>());
    }

    private static LeaderAndIsrPartitionState role(
            TopicPartition partition, Leadership leadership, ReplicaAssignment assignment, boolean isNew) {
        return new LeaderAndIsrPartitionState()
                .topicName(partition.topic())
                .partitionIndex(partition.partition())
                .controllerEpoch(leadership.state().controllerEpoch())
                .leader(leadership.leader())
                .leaderEpoch(leadership.leaderEpoch())
                .isr(ints(leadership.isr()))
                .partitionEpoch(leadership.partitionEpoch())
                .replicas(ints(assignment.replicas()))
                .addingReplicas(ints(assignment.adding()))
                .removingReplicas(ints(assignment.removing()))
                .isNew(isNew)
                .leaderRecoveryState((byte) (leadership.state().recovering() ? 1 : 0));
    }

    private List<LeaderAndIsrLiveLeader> liveLeaders(Set<Integer> leaders) {
        List<LeaderAndIsrLiveLeader> live = new ArrayList<>();
        for (int leader : leaders) {
            LiveBroker broker = state.brokers().get(leader);
            if (broker == null) {
                continue;
            }
            broker.endpoints().stream()
                    .filter(endpoint -> endpoint.listener().equals(origin.interBrokerListener()))
                    .findFirst()
                    .ifPresent(endpoint -> live.add(new LeaderAndIsrLiveLeader()
                            .brokerId(leader)
                            .hostName(endpoint.host())
                            .port(endpoint.port())));
        }
        return live;
    }

    // --- UpdateMetadata

    private UpdateMetadataRequest updateMetadata(int broker, List<UpdateMetadataTopicState> topics) {
        return new UpdateMetadataRequest()
                .controllerId(origin.controllerId())
                .controllerEpoch(origin.controllerEpoch())
                .brokerEpoch(state.brokers().get(broker).epoch())
                .topicStates(topics)
                .liveBrokers(liveBrokers());
    }

    private List<UpdateMetadataTopicState> topicStates() {
        Map<String, UpdateMetadataTopicState> topics = new LinkedHashMap<>();
        for (TopicPartition partition : announced) {
            Leadership leadership = state.leadership(partition);
            if (leadership != null) {
                topics.computeIfAbsent(partition.topic(), this::metadataTopic)
                        .partitionStates()
                        .add(metadata(partition, leadership));
            }
        }
        return List.copyOf(topics.values());
    }

    private UpdateMetadataTopicState metadataTopic(String topic) {
        return new UpdateMetadataTopicState()
                .topicName(topic)
                .topicId(state.topicId(topic))
                .partitionStates(new ArrayList<>());
    }

    private UpdateMetadataPartitionState metadata(TopicPartition partition, Leadership leadership) {
        List<Integer> replicas = state.replicas(partition);
        List<Integer> offline = replicas.stream()
                .filter(broker -> !state.isOnline(new Replica(partition, broker)))
                .toList();
        return new UpdateMetadataPartitionState()
                .topicName(partition.topic())
                .partitionIndex(partition.partition())
                .controllerEpoch(leadership.state().controllerEpoch())
                .leader(state.isDeleting(partition.topic()) ? LEADER_OF_DELETED : leadership.leader())
                .leaderEpoch(leadership.leaderEpoch())
                .isr(ints(leadership.isr()))
                .zkVersion(leadership.partitionEpoch())
                .replicas(ints(replicas))
                .offlineReplicas(ints(offline));
    }

    private List<UpdateMetadataBroker> liveBrokers() {
        return state.brokers().values().stream()
                .map(broker -> new UpdateMetadataBroker()
                        .id(broker.id())
                        .rack(broker.rack())
                        .endpoints(broker.endpoints().stream()
                                .map(RoleRequests::endpoint)
                                .toList()))
                .toList();
    }

    private static UpdateMetadataEndpoint endpoint(BrokerEndpoint endpoint) {
        return new UpdateMetadataEndpoint()
                .host(endpoint.host())
                .port(endpoint.port())
                .listener(endpoint.listener())
                .securityProtocol(SecurityProtocol.named(endpoint.securityProtocol())
                        .orElse(SecurityProtocol.PLAINTEXT)
                        .id());
    }

    // --- StopReplica

    private StopReplicaRequest stopReplica(int broker, Map<TopicPartition, Boolean> partitions) {
        Map<String, StopReplicaTopicState> topics = new LinkedHashMap<>();
        partitions.forEach((partition, delete) -> topics.computeIfAbsent(
                        partition.topic(),
                        topic -> new StopReplicaTopicState().topicName(topic).partitionStates(new ArrayList<>()))
                .partitionStates()
                .add(new StopReplicaPartitionState()
                        .partitionIndex(partition.partition())
                        .leaderEpoch(epochToStop(partition))
                        .deletePartition(delete)));
        return new StopReplicaRequest()
                .controllerId(origin.controllerId())
                .controllerEpoch(origin.controllerEpoch())
                .brokerEpoch(state.brokers().get(broker).epoch())
                .topicStates(List.copyOf(topics.values()));
    }

    private int epochToStop(TopicPartition partition) {
        if (state.isDeleting(partition.topic())) {
            return EPOCH_OF_DELETED;
        }
        Leadership leadership = state.leadership(partition);
        return leadership == null ? EPOCH_UNKNOWN : leadership.leaderEpoch();
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
