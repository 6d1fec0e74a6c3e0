package io.barnabas.cluster.topics;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.topics.Plan.Placed;
import io.barnabas.cluster.topics.Plan.Refused;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.TopicConfigRules;
import io.barnabas.wire.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Whether a topic may be made as it is wanted, and where its partitions go. The checks come in Kafka's order and their
 * words are Kafka's, because tools print them. Pure but for the random start of the placement.
 */
final class NewTopicRules {
    private final MetadataImage metadata;
    private final BrokerConfig config;
    private final RandomGenerator random;

    /** What ZooKeeper knows that metadata may not yet. */
    record Existing(Set<String> topics, Set<String> markedForDeletion) {}

    NewTopicRules(MetadataImage metadata, BrokerConfig config, RandomGenerator random) {
        this.metadata = metadata;
        this.config = config;
        this.random = random;
    }

    Plan plan(NewTopic topic, Existing existing) {
        if (metadata.hasTopic(topic.name())) {
            return exists(topic.name());
        }
        List<String> nulls = topic.configs().entrySet().stream()
                .filter(entry -> entry.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
        if (!nulls.isEmpty()) {
            return new Refused(
                    ErrorCode.INVALID_CONFIG, "Null value not supported for topic configs: " + String.join(",", nulls));
        }
        Plan plan = topic.assignments().isEmpty() ? place(topic) : given(topic);
        return plan.fold(placed -> checked(topic, placed, existing), refused -> refused);
    }

    private Plan place(NewTopic topic) {
        int partitions = topic.partitions() == NewTopic.BROKERS_DEFAULT
                ? config.get(BrokerKeys.NUM_PARTITIONS)
                : topic.partitions();
        int factor = topic.replicationFactor() == NewTopic.BROKERS_DEFAULT
                ? config.get(BrokerKeys.DEFAULT_REPLICATION_FACTOR)
                : topic.replicationFactor();
        List<ReplicaPlacement.Broker> live = LiveBrokers.of(metadata);
        if (partitions <= 0) {
            return new Refused(ErrorCode.INVALID_PARTITIONS, "Number of partitions must be larger than 0.");
        }
        return LiveBrokers.refusal(live, factor)
                .<Plan>map(refused -> refused)
                .orElseGet(() -> new Placed(new ReplicaPlacement(live).ofNewTopic(partitions, factor, random)));
    }

    private static Plan given(NewTopic topic) {
        boolean alsoCounts =
                topic.partitions() != NewTopic.BROKERS_DEFAULT || topic.replicationFactor() != NewTopic.BROKERS_DEFAULT;
        return alsoCounts
                ? new Refused(
                        ErrorCode.INVALID_REQUEST,
                        "Both numPartitions or replicationFactor and replicasAssignments were set. "
                                + "Both cannot be used at the same time.")
                : new Placed(new TreeMap<>(topic.assignments()));
    }

    private Plan checked(NewTopic topic, Placed placed, Existing existing) {
        String name = topic.name();
        var badName = TopicName.problem(name);
        if (badName.isPresent()) {
            return new Refused(ErrorCode.INVALID_TOPIC_EXCEPTION, badName.get());
        } else if (existing.markedForDeletion().contains(name)) {
            return new Refused(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + name + "' is marked for deletion.");
        } else if (existing.topics().contains(name)) {
            return exists(name);
        }
        List<String> colliding = TopicName.colliding(name, existing.topics());
        if (!colliding.isEmpty()) {
            return new Refused(
                    ErrorCode.INVALID_TOPIC_EXCEPTION,
                    "Topic '" + name + "' collides with existing topics: " + String.join(", ", colliding));
        }
        String problem = problemOf(placed.replicas());
        if (problem != null) {
            return new Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, problem);
        }
        return TopicConfigRules.problemWith(topic.configs(), config)
                .<Plan>map(found -> new Refused(ErrorCode.INVALID_CONFIG, found.text()))
                .orElse(placed);
    }

    /** Null when the assignment is fine. */
    private static String problemOf(SortedMap<Integer, List<Integer>> replicas) {
        if (replicas.values().stream().map(List::size).distinct().count() != 1) {
            return "All partitions should have the same number of replicas";
        } else if (replicas.values().stream().anyMatch(list -> new HashSet<>(list).size() != list.size())) {
            return "Duplicate replica assignment found: " + replicas;
        } else if (replicas.firstKey() != 0 || replicas.lastKey() != replicas.size() - 1) {
            return "partitions should be a consecutive 0-based integer sequence";
        }
        return null;
    }

    private static Refused exists(String name) {
        return new Refused(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + name + "' already exists.");
    }
}
