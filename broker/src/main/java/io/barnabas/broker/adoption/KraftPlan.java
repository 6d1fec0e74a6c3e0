package io.barnabas.broker.adoption;

import io.barnabas.cluster.adoption.AdoptedTopic;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.ConfigKey;
import io.barnabas.log.kraft.KraftMetadata;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adopts the topics of a KRaft cluster of which this broker has at least one partition, as its metadata log describes
 * them. Pure.
 */
final class KraftPlan {
    private static final int NO_LEADER = -1;

    /**
     * So far beyond the KRaft cluster's own producer ids are those given here. When the node goes back to its directory,
     * its controller goes on with its own: a new producer with an id that the logs remember would have its first records
     * taken for repeated ones, acknowledged and not stored.
     */
    private static final long PRODUCER_ID_DISTANCE = 1L << 40;

    private final int brokerId;
    private final KraftMetadata metadata;
    private final Map<TopicPartition, FoundLog> logs = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    KraftPlan(int brokerId, KraftMetadata metadata) {
        this.brokerId = brokerId;
        this.metadata = metadata;
    }

    AdoptionPlan of(Collection<FoundLog> found, Set<String> known) {
        found.forEach(log -> logs.put(log.name(), log));
        List<AdoptedTopic> topics = new ArrayList<>();
        for (KraftMetadata.Topic topic : metadata.topics().values()) {
            if (!known.contains(topic.name()) && isHere(topic)) {
                topics.add(adopted(topic));
            }
        }
        noteStrays(known);
        SortedMap<String, Map<String, String>> brokerConfigs = brokerConfigs();
        if (!metadata.leftOut().isEmpty()) {
            notes.add("Not taken over from the KRaft cluster: " + String.join(", ", metadata.leftOut()));
        }
        long lastId = found.stream().mapToLong(FoundLog::lastProducerId).max().orElse(-1);
        return new AdoptionPlan(
                topics,
                brokerConfigs,
                Math.max(metadata.nextProducerId() + PRODUCER_ID_DISTANCE, lastId + 1),
                notes,
                List.of());
    }

    private boolean isHere(KraftMetadata.Topic topic) {
        return topic.partitions().keySet().stream().anyMatch(index -> {
            FoundLog log = logs.get(new TopicPartition(topic.name(), index));
            return log != null && isOf(topic, log);
        });
    }

    /** An id that the directory lacks contradicts nothing. */
    private static boolean isOf(KraftMetadata.Topic topic, FoundLog log) {
        return log.topicId().isZero() || log.topicId().equals(topic.id());
    }

    private AdoptedTopic adopted(KraftMetadata.Topic topic) {
        SortedMap<Integer, AdoptedTopic.Partition> partitions = new TreeMap<>();
        topic.partitions().forEach((index, partition) -> {
            FoundLog log = logs.get(new TopicPartition(topic.name(), index));
            partitions.put(
                    index,
                    new AdoptedTopic.Partition(
                            partition.replicas(),
                            partition.complete(),
                            partition.complete().contains(brokerId) ? brokerId : NO_LEADER,
                            leaderEpoch(partition, log == null ? -1 : log.leaderEpoch())));
        });
        Map<String, String> configs = metadata.topicConfigs().getOrDefault(topic.name(), Map.of());
        return new AdoptedTopic(topic.name(), topic.id(), partitions, configs);
    }

    /**
     * An epoch in which nobody else has led or will lead. Where the KRaft cluster's own was this broker's or nobody's, that
     * one goes on: when the node goes back to its directory, its controller gives the next one, and finds none in the log
     * that it has not given.
     */
    private int leaderEpoch(KraftMetadata.Partition partition, int written) {
        boolean isOfOthers = partition.leader() != NO_LEADER && partition.leader() != brokerId;
        return isOfOthers || written > partition.leaderEpoch()
                ? Math.max(partition.leaderEpoch(), written) + 1
                : partition.leaderEpoch();
    }

    private void noteStrays(Set<String> known) {
        List<String> strays = logs.values().stream()
                .filter(log -> !known.contains(log.name().topic()) && isStray(log))
                .map(log -> log.name().toString())
                .sorted()
                .toList();
        if (!strays.isEmpty()) {
            notes.add("Left alone, since the KRaft cluster did not know them: " + FoundData.some(strays));
        }
    }

    private boolean isStray(FoundLog log) {
        KraftMetadata.Topic topic = metadata.topics().get(log.name().topic());
        return topic == null
                || !isOf(topic, log)
                || !topic.partitions().containsKey(log.name().partition());
    }

    /** Secrets are stored differently under ZooKeeper, and are to be set again. */
    private SortedMap<String, Map<String, String>> brokerConfigs() {
        SortedMap<String, Map<String, String>> taken = new TreeMap<>();
        SortedSet<String> left = new TreeSet<>();
        metadata.brokerConfigs().forEach((broker, settings) -> {
            Map<String, String> usable = new TreeMap<>();
            settings.forEach((name, value) -> {
                ConfigKey<?> key = BrokerKeys.named(name);
                if (key != null && key.updateMode().isDynamic() && !key.type().isSensitive()) {
                    usable.put(name, value);
                } else {
                    left.add(name);
                }
            });
            if (!usable.isEmpty()) {
                taken.put(broker, usable);
            }
        });
        if (!left.isEmpty()) {
            notes.add("Settings of brokers that were not taken over: " + String.join(", ", left));
        }
        return taken;
    }
}
