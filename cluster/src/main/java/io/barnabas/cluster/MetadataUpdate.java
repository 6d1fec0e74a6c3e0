package io.barnabas.cluster;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.SecurityProtocol;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.UpdateMetadataRequest;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataBroker;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataPartitionState;
import io.barnabas.wire.message.UpdateMetadataRequest.UpdateMetadataTopicState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an UpdateMetadata request makes of an image: brokers and controller are replaced, partitions are merged in, a
 * partition with leader -2 is deleted. Takes requests of every version. Pure.
 */
final class MetadataUpdate {
    private static final int LEADER_OF_DELETED = -2;

    private final MetadataImage before;
    private final UpdateMetadataRequest request;
    private final Map<String, SortedMap<Integer, PartitionImage>> changed = new HashMap<>();
    private final Map<String, Uuid> changedIds = new HashMap<>();
    private final List<TopicPartition> deleted = new ArrayList<>();

    MetadataUpdate(MetadataImage before, UpdateMetadataRequest request) {
        this.before = before;
        this.request = request;
        for (UpdateMetadataPartitionState partition : request.ungroupedPartitionStates()) {
            merge(partition.topicName(), partition);
        }
        for (UpdateMetadataTopicState topic : request.topicStates()) {
            changedIds.put(topic.topicName(), topic.topicId());
            topic.partitionStates().forEach(partition -> merge(topic.topicName(), partition));
        }
    }

    List<TopicPartition> deleted() {
        return deleted;
    }

    MetadataImage image() {
        Map<String, TopicImage> topics = before.topicsByName();
        Map<Uuid, String> names = before.namesById();
        if (!changed.isEmpty()) {
            topics = new HashMap<>(topics);
            names = new HashMap<>(names);
            for (Map.Entry<String, SortedMap<Integer, PartitionImage>> entry : changed.entrySet()) {
                replace(entry.getKey(), entry.getValue(), topics, names);
            }
        }
        return new MetadataImage(before.clusterId(), request.controllerId(), brokers(), topics, names);
    }

    private void merge(String topic, UpdateMetadataPartitionState state) {
        SortedMap<Integer, PartitionImage> partitions = changed.computeIfAbsent(topic, this::copyOfPartitions);
        if (state.leader() == LEADER_OF_DELETED) {
            partitions.remove(state.partitionIndex());
            deleted.add(new TopicPartition(topic, state.partitionIndex()));
            return;
        }
        partitions.put(
                state.partitionIndex(),
                new PartitionImage(
                        state.partitionIndex(),
                        state.leader(),
                        state.leaderEpoch(),
                        state.isr(),
                        state.replicas(),
                        state.offlineReplicas(),
                        state.zkVersion(),
                        state.controllerEpoch()));
    }

    private SortedMap<Integer, PartitionImage> copyOfPartitions(String topic) {
        TopicImage known = before.topic(topic);
        return known == null ? new TreeMap<>() : new TreeMap<>(known.partitions());
    }

    private void replace(
            String name,
            SortedMap<Integer, PartitionImage> partitions,
            Map<String, TopicImage> topics,
            Map<Uuid, String> names) {
        TopicImage known = topics.get(name);
        if (known != null) {
            names.remove(known.id());
        }
        if (partitions.isEmpty()) {
            topics.remove(name);
            return;
        }
        Uuid knownId = known == null ? Uuid.ZERO : known.id();
        // Requests before version 5 say nothing of ids; later ones take an id away by saying zero.
        Uuid id = changedIds.getOrDefault(name, knownId);
        topics.put(name, new TopicImage(name, id, partitions));
        if (!id.isZero()) {
            names.put(id, name);
        }
    }

    private SortedMap<Integer, BrokerImage> brokers() {
        SortedMap<Integer, BrokerImage> brokers = new TreeMap<>();
        for (UpdateMetadataBroker broker : request.liveBrokers()) {
            brokers.put(broker.id(), new BrokerImage(broker.id(), emptyToNull(broker.rack()), endpoints(broker)));
        }
        return brokers;
    }

    private static List<BrokerEndpoint> endpoints(UpdateMetadataBroker broker) {
        if (broker.endpoints().isEmpty()) {
            return List.of(new BrokerEndpoint("PLAINTEXT", broker.v0Host(), broker.v0Port(), "PLAINTEXT"));
        }
        return broker.endpoints().stream()
                .map(endpoint -> {
                    String protocol = nameOf(endpoint.securityProtocol());
                    String listener = endpoint.listener().isEmpty() ? protocol : endpoint.listener();
                    return new BrokerEndpoint(listener, endpoint.host(), endpoint.port(), protocol);
                })
                .toList();
    }

    /** PLAINTEXT for a number that nobody knows. */
    private static String nameOf(int securityProtocol) {
        SecurityProtocol[] known = SecurityProtocol.values();
        return securityProtocol >= 0 && securityProtocol < known.length
                ? known[securityProtocol].name()
                : SecurityProtocol.PLAINTEXT.name();
    }

    private static String emptyToNull(String rack) {
        return rack == null || rack.isEmpty() ? null : rack;
    }
}
