package io.barnabas.config;

import java.util.Set;

/**
 * The keys that change what the broker does. The others are known, checked and described, but nothing reads them; a start says so
 * for those that are set. Whoever makes a component read a key adds it here: a test compares this list with the code.
 */
public final class ActedOn {

    private static final Set<ConfigKey<?>> KEYS = Set.of(
            BrokerKeys.BROKER_ID,
            BrokerKeys.BROKER_ID_GENERATION_ENABLE,
            BrokerKeys.RESERVED_BROKER_MAX_ID,
            BrokerKeys.NODE_ID,
            BrokerKeys.LISTENERS,
            BrokerKeys.ADVERTISED_LISTENERS,
            BrokerKeys.LISTENER_SECURITY_PROTOCOL_MAP,
            BrokerKeys.INTER_BROKER_LISTENER_NAME,
            BrokerKeys.SECURITY_INTER_BROKER_PROTOCOL,
            BrokerKeys.HOST_NAME,
            BrokerKeys.PORT,
            BrokerKeys.ADVERTISED_HOST_NAME,
            BrokerKeys.ADVERTISED_PORT,
            BrokerKeys.LOG_DIR,
            BrokerKeys.LOG_DIRS,
            BrokerKeys.LOG_SEGMENT_BYTES,
            BrokerKeys.LOG_ROLL_HOURS,
            BrokerKeys.LOG_ROLL_MS,
            BrokerKeys.LOG_ROLL_JITTER_HOURS,
            BrokerKeys.LOG_ROLL_JITTER_MS,
            BrokerKeys.LOG_RETENTION_HOURS,
            BrokerKeys.LOG_RETENTION_MINUTES,
            BrokerKeys.LOG_RETENTION_MS,
            BrokerKeys.LOG_RETENTION_BYTES,
            BrokerKeys.LOG_RETENTION_CHECK_INTERVAL_MS,
            BrokerKeys.LOG_CLEANUP_POLICY,
            BrokerKeys.LOG_CLEANER_MAX_COMPACTION_LAG_MS,
            BrokerKeys.LOG_INDEX_SIZE_MAX_BYTES,
            BrokerKeys.LOG_INDEX_INTERVAL_BYTES,
            BrokerKeys.LOG_FLUSH_INTERVAL_MESSAGES,
            BrokerKeys.LOG_FLUSH_SCHEDULER_INTERVAL_MS,
            BrokerKeys.LOG_FLUSH_INTERVAL_MS,
            BrokerKeys.LOG_FLUSH_OFFSET_CHECKPOINT_INTERVAL_MS,
            BrokerKeys.LOG_FLUSH_START_OFFSET_CHECKPOINT_INTERVAL_MS,
            BrokerKeys.LOG_SEGMENT_DELETE_DELAY_MS,
            BrokerKeys.LOG_PREALLOCATE,
            BrokerKeys.NUM_RECOVERY_THREADS_PER_DATA_DIR,
            BrokerKeys.PRODUCER_ID_EXPIRATION_MS,
            BrokerKeys.PRODUCER_ID_EXPIRATION_CHECK_INTERVAL_MS,
            BrokerKeys.REPLICA_HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS,
            TopicKeys.SEGMENT_BYTES,
            TopicKeys.SEGMENT_MS,
            TopicKeys.SEGMENT_JITTER_MS,
            TopicKeys.SEGMENT_INDEX_BYTES,
            TopicKeys.INDEX_INTERVAL_BYTES,
            TopicKeys.RETENTION_BYTES,
            TopicKeys.RETENTION_MS,
            TopicKeys.FILE_DELETE_DELAY_MS,
            TopicKeys.FLUSH_MESSAGES,
            TopicKeys.FLUSH_MS,
            TopicKeys.CLEANUP_POLICY,
            TopicKeys.MAX_COMPACTION_LAG_MS,
            TopicKeys.PREALLOCATE,
            BrokerKeys.GROUP_MIN_SESSION_TIMEOUT_MS,
            BrokerKeys.GROUP_MAX_SESSION_TIMEOUT_MS,
            BrokerKeys.GROUP_INITIAL_REBALANCE_DELAY_MS,
            BrokerKeys.GROUP_MAX_SIZE,
            BrokerKeys.OFFSET_METADATA_MAX_BYTES,
            BrokerKeys.OFFSETS_TOPIC_NUM_PARTITIONS,
            BrokerKeys.OFFSETS_TOPIC_REPLICATION_FACTOR,
            BrokerKeys.OFFSETS_TOPIC_SEGMENT_BYTES,
            BrokerKeys.OFFSETS_TOPIC_COMPRESSION_CODEC,
            BrokerKeys.OFFSETS_LOAD_BUFFER_SIZE,
            BrokerKeys.OFFSETS_RETENTION_MINUTES,
            BrokerKeys.OFFSETS_RETENTION_CHECK_INTERVAL_MS,
            BrokerKeys.OFFSETS_COMMIT_TIMEOUT_MS,
            BrokerKeys.ZOOKEEPER_CONNECT);

    private ActedOn() {}

    public static boolean contains(ConfigKey<?> key) {
        return KEYS.contains(key);
    }

    public static Set<ConfigKey<?>> all() {
        return KEYS;
    }
}
