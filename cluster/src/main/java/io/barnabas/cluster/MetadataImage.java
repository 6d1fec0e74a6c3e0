package io.barnabas.cluster;

import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cluster at one moment, as the controller last told: live brokers, topics, partitions. Immutable; any thread
 * reads. Two levels: an image shares with the one before all topics that have not changed.
 */
public final class MetadataImage {
    private final String clusterId;
    private final int controllerId;
    private final SortedMap<Integer, BrokerImage> brokers;
    private final Map<String, TopicImage> topics;
    private final Map<Uuid, String> namesById;

    MetadataImage(
            String clusterId,
            int controllerId,
            SortedMap<Integer, BrokerImage> brokers,
            Map<String, TopicImage> topics,
            Map<Uuid, String> namesById) {
        this.clusterId = clusterId;
        this.controllerId = controllerId;
        this.brokers = Collections.unmodifiableSortedMap(brokers);
        this.topics = Collections.unmodifiableMap(topics);
        this.namesById = Collections.unmodifiableMap(namesById);
    }

    /** Nothing has been told yet. */
    static MetadataImage empty(String clusterId) {
        return new MetadataImage(clusterId, -1, new TreeMap<>(), new HashMap<>(), new HashMap<>());
    }

    public String clusterId() {
        return clusterId;
    }

    /** -1 when it is not known. */
    public int controllerId() {
        return controllerId;
    }

    /** The live ones, by id. */
    public SortedMap<Integer, BrokerImage> brokers() {
        return brokers;
    }

    public Collection<TopicImage> topics() {
        return topics.values();
    }

    public boolean hasTopic(String name) {
        return topics.containsKey(name);
    }

    /** Null when there is none of that name. */
    public TopicImage topic(String name) {
        return topics.get(name);
    }

    /** Null when there is none of that id. */
    public TopicImage topic(Uuid id) {
        String name = namesById.get(id);
        return name == null ? null : topics.get(name);
    }

    /** Null when the topic or the partition is not known. */
    public PartitionImage partition(TopicPartition partition) {
        TopicImage topic = topics.get(partition.topic());
        return topic == null ? null : topic.partition(partition.partition());
    }

    /** {@link Uuid#ZERO} when the topic is not known or has no id. */
    public Uuid topicId(String name) {
        TopicImage topic = topics.get(name);
        return topic == null ? Uuid.ZERO : topic.id();
    }

    Map<String, TopicImage> topicsByName() {
        return topics;
    }

    Map<Uuid, String> namesById() {
        return namesById;
    }
}
