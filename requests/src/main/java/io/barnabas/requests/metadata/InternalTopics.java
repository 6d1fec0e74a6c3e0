package io.barnabas.requests.metadata;

import io.barnabas.cluster.topics.NewTopic;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.ConfigKey;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.txn.TransactionCoordinator;
import java.util.Map;

/** The topics that the broker keeps for itself, and how it makes them. Pure. */
public final class InternalTopics {
    public static final String OFFSETS = GroupCoordinator.TOPIC;
    public static final String TRANSACTIONS = TransactionCoordinator.TOPIC;
    /** Where a replication factor is not set, as many replicas as there are brokers, up to this. */
    private static final int MOST_REPLICAS_BY_DEFAULT = 3;

    private InternalTopics() {}

    public static boolean isInternal(String topic) {
        return topic.equals(OFFSETS) || topic.equals(TRANSACTIONS);
    }

    /** How a topic is made at its first use: an internal one by its own settings, another one by the broker's defaults. */
    static NewTopic atFirstUse(String topic, BrokerConfig config, int liveBrokers) {
        return switch (topic) {
            case OFFSETS ->
                internal(
                        topic,
                        config.get(BrokerKeys.OFFSETS_TOPIC_NUM_PARTITIONS),
                        factor(config, BrokerKeys.OFFSETS_TOPIC_REPLICATION_FACTOR, liveBrokers),
                        offsets(config));
            case TRANSACTIONS ->
                internal(
                        topic,
                        config.get(BrokerKeys.TRANSACTION_STATE_LOG_NUM_PARTITIONS),
                        factor(config, BrokerKeys.TRANSACTION_STATE_LOG_REPLICATION_FACTOR, liveBrokers),
                        transactions(config, minInSync(config, liveBrokers)));
            default ->
                internal(
                        topic,
                        NewTopic.BROKERS_DEFAULT,
                        config.isSet(BrokerKeys.DEFAULT_REPLICATION_FACTOR)
                                ? NewTopic.BROKERS_DEFAULT
                                : unsetFactor(liveBrokers),
                        Map.of());
        };
    }

    static int unsetFactor(int liveBrokers) {
        return Math.max(1, Math.min(MOST_REPLICAS_BY_DEFAULT, liveBrokers));
    }

    /** Settings of {@link #OFFSETS}. */
    public static Map<String, String> offsets(BrokerConfig config) {
        return Map.of(
                "cleanup.policy",
                "compact",
                "compression.type",
                "producer",
                "segment.bytes",
                config.get(BrokerKeys.OFFSETS_TOPIC_SEGMENT_BYTES).toString());
    }

    /** Settings of {@link #TRANSACTIONS}, where so many replicas have to be in sync for a write. */
    public static Map<String, String> transactions(BrokerConfig config, int minInSync) {
        return Map.of(
                "cleanup.policy",
                "compact",
                "compression.type",
                "uncompressed",
                "unclean.leader.election.enable",
                "false",
                "min.insync.replicas",
                Integer.toString(minInSync),
                "segment.bytes",
                config.get(BrokerKeys.TRANSACTION_STATE_LOG_SEGMENT_BYTES).toString());
    }

    private static int minInSync(BrokerConfig config, int liveBrokers) {
        int wanted = config.get(BrokerKeys.TRANSACTION_STATE_LOG_MIN_ISR);
        int factor = factor(config, BrokerKeys.TRANSACTION_STATE_LOG_REPLICATION_FACTOR, liveBrokers);
        // More than there are replicas would never be reached.
        return config.isSet(BrokerKeys.TRANSACTION_STATE_LOG_MIN_ISR) ? wanted : Math.min(wanted, factor);
    }

    private static int factor(BrokerConfig config, ConfigKey<? extends Number> key, int liveBrokers) {
        return config.isSet(key) ? config.get(key).intValue() : unsetFactor(liveBrokers);
    }

    private static NewTopic internal(String name, int partitions, int factor, Map<String, String> configs) {
        return new NewTopic(name, partitions, factor, Map.of(), configs);
    }
}
