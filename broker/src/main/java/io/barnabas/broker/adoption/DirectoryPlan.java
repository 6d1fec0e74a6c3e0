package io.barnabas.broker.adoption;

import io.barnabas.cluster.adoption.AdoptedTopic;
import io.barnabas.wire.Uuid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Adopts the topics of a cluster that lost its ZooKeeper, from their directories alone. These say nothing about
 * settings, so that what might be deleted by the defaults is kept until somebody decides. Pure but for topic ids where
 * there are none.
 */
final class DirectoryPlan {
    /** More than any cluster gave out since the oldest producer that a partition still remembers. */
    private static final long PRODUCER_ID_MARGIN = 1_000_000;

    private static final Map<String, String> KEPT = Map.of("retention.ms", "-1", "retention.bytes", "-1");
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private final int brokerId;
    private final Path firstDirectory;
    private final Map<String, Map<String, String>> internalTopics;
    private final RandomGenerator random;
    private final List<AdoptedTopic> topics = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /** @param internalTopics settings of topics that brokers make for themselves */
    DirectoryPlan(
            int brokerId,
            Path firstDirectory,
            Map<String, Map<String, String>> internalTopics,
            RandomGenerator random) {
        this.brokerId = brokerId;
        this.firstDirectory = firstDirectory;
        this.internalTopics = internalTopics;
        this.random = random;
    }

    AdoptionPlan of(Collection<FoundLog> logs, Set<String> known) {
        SortedMap<String, SortedMap<Integer, FoundLog>> byTopic = new TreeMap<>();
        for (FoundLog log : logs) {
            if (!known.contains(log.name().topic())) {
                byTopic.computeIfAbsent(log.name().topic(), topic -> new TreeMap<>())
                        .put(log.name().partition(), log);
            }
        }
        byTopic.forEach(this::take);
        if (!kept.isEmpty()) {
            notes.add("Log directories do not hold the settings of topics: " + FoundData.counted(kept.size(), "topic")
                    + " (" + FoundData.some(kept) + ") will keep all records until told otherwise"
                    + " (kafka-configs.sh --alter --entity-type topics --delete-config retention.ms,retention.bytes)");
        }
        long lastId = logs.stream().mapToLong(FoundLog::lastProducerId).max().orElse(-1);
        return new AdoptionPlan(
                topics, new TreeMap<>(), lastId < 0 ? 0 : lastId + 1 + PRODUCER_ID_MARGIN, notes, problems);
    }

    private void take(String topic, SortedMap<Integer, FoundLog> logs) {
        Set<String> ids = new TreeSet<>();
        Uuid id = Uuid.ZERO;
        for (FoundLog log : logs.values()) {
            if (!log.topicId().isZero()) {
                id = log.topicId();
                ids.add(id.toString());
            }
        }
        if (ids.size() > 1) {
            problems.add("The directories of topic " + topic + " name several topic ids, " + String.join(", ", ids)
                    + ": it was deleted and made again. Move the directories of the old one away");
            return;
        }
        SortedMap<Integer, AdoptedTopic.Partition> partitions = new TreeMap<>();
        for (int index = 0; index <= logs.lastKey(); index++) {
            FoundLog log = logs.get(index);
            if (log == null) {
                problems.add("Partition " + index + " of topic " + topic + " is in none of log.dirs, although later"
                        + " ones are: if another broker had it, name that one's directories in log.dirs, too;"
                        + " to have it begin empty, make the directory "
                        + firstDirectory.resolve(topic + "-" + index));
                return;
            }
            partitions.put(index, ledByThis(log));
        }
        topics.add(new AdoptedTopic(
                topic, id.isZero() ? Uuid.random(random) : id, partitions, settings(topic, logs.values())));
    }

    private AdoptedTopic.Partition ledByThis(FoundLog log) {
        List<Integer> alone = List.of(brokerId);
        return new AdoptedTopic.Partition(alone, alone, brokerId, log.leaderEpoch() + 1);
    }

    private Map<String, String> settings(String topic, Collection<FoundLog> logs) {
        if (internalTopics.containsKey(topic)) {
            return internalTopics.get(topic);
        } else if (logs.stream().anyMatch(FoundLog::isCompacted)) {
            return COMPACTED;
        }
        kept.add(topic);
        return KEPT;
    }
}
