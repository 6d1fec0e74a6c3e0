package io.barnabas.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every key that a topic may set for itself; what it does not set follows the broker. */
public final class TopicKeys {

    static final KeyFamily FAMILY =
            KeyFamily.ofTopic("Topics", "What a topic may set for itself. What it does not set follows the broker.");

    public static final ConfigKey<Boolean> BARNABAS_DURABLE_ACKS = FAMILY.booleanKey("barnabas.durable.acks")
            .defaultsTo(false)
            .follows(BrokerKeys.BARNABAS_DURABLE_ACKS)
            .doc(
                    "Whether records count as written only once they are forced to disk: producers with acks=1 or all wait for it, and consumers see nothing before.");

    public static final ConfigKey<List<String>> CLEANUP_POLICY = FAMILY.listKey("cleanup.policy")
            .defaultsTo("delete")
            .eachOneOf("compact", "delete")
            .follows(BrokerKeys.LOG_CLEANUP_POLICY)
            .doc(
                    "What happens to old segments: delete removes them, compact keeps the last record of each key; both may be named.");

    public static final ConfigKey<String> COMPRESSION_TYPE = FAMILY.textKey("compression.type")
            .defaultsTo("producer")
            .oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer")
            .follows(BrokerKeys.COMPRESSION_TYPE)
            .doc("Codec in which batches are kept; producer keeps them as they came.");

    public static final ConfigKey<Integer> COMPRESSION_GZIP_LEVEL = FAMILY.intKey("compression.gzip.level")
            .defaultsTo(-1)
            .check(new Constraint.BoundsOrMinusOne(1, 9))
            .follows(BrokerKeys.COMPRESSION_GZIP_LEVEL)
            .doc("Level at which the broker compresses with gzip; -1 is the codec's own default.");

    public static final ConfigKey<Integer> COMPRESSION_LZ4_LEVEL = FAMILY.intKey("compression.lz4.level")
            .defaultsTo(9)
            .between(1, 17)
            .follows(BrokerKeys.COMPRESSION_LZ4_LEVEL)
            .doc("Level at which the broker compresses with lz4.");

    public static final ConfigKey<Integer> COMPRESSION_ZSTD_LEVEL = FAMILY.intKey("compression.zstd.level")
            .defaultsTo(3)
            .between(-131_072, 22)
            .follows(BrokerKeys.COMPRESSION_ZSTD_LEVEL)
            .doc("Level at which the broker compresses with zstd.");

    public static final ConfigKey<Long> DELETE_RETENTION_MS = FAMILY.longKey("delete.retention.ms")
            .defaultsTo(86_400_000L)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_CLEANER_DELETE_RETENTION_MS)
            .doc("How long a deletion marker of a compacted topic stays readable.");

    public static final ConfigKey<Long> FILE_DELETE_DELAY_MS = FAMILY.longKey("file.delete.delay.ms")
            .defaultsTo(60_000L)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_SEGMENT_DELETE_DELAY_MS)
            .doc("A deleted segment's file goes away after this long.");

    public static final ConfigKey<Long> FLUSH_MESSAGES = FAMILY.longKey("flush.messages")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(1L)
            .follows(BrokerKeys.LOG_FLUSH_INTERVAL_MESSAGES)
            .doc("Records that a partition takes before it is forced to disk.");

    public static final ConfigKey<Long> FLUSH_MS = FAMILY.longKey("flush.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_FLUSH_INTERVAL_MS)
            .doc("Longest time a record waits before it is forced to disk.");

    public static final ConfigKey<List<String>> FOLLOWER_REPLICATION_THROTTLED_REPLICAS = FAMILY.listKey(
                    "follower.replication.throttled.replicas")
            .defaultsTo()
            .check(new Constraint.ThrottledReplicas("follower.replication.throttled.replicas"))
            .doc(
                    "Replicas whose copying is throttled on the follower's side, as a list of partition:broker, or * for all.");

    public static final ConfigKey<List<String>> LEADER_REPLICATION_THROTTLED_REPLICAS = FAMILY.listKey(
                    "leader.replication.throttled.replicas")
            .defaultsTo()
            .check(new Constraint.ThrottledReplicas("leader.replication.throttled.replicas"))
            .doc(
                    "Replicas whose copying is throttled on the leader's side, as a list of partition:broker, or * for all.");

    public static final ConfigKey<Integer> INDEX_INTERVAL_BYTES = FAMILY.intKey("index.interval.bytes")
            .defaultsTo(4096)
            .atLeast(0)
            .follows(BrokerKeys.LOG_INDEX_INTERVAL_BYTES)
            .doc("An index entry is added after about this many bytes of records.");

    public static final ConfigKey<Long> LOCAL_RETENTION_BYTES = FAMILY.longKey("local.retention.bytes")
            .defaultsTo(-2L)
            .atLeast(-2L)
            .follows(BrokerKeys.LOG_LOCAL_RETENTION_BYTES)
            .doc(
                    "How much of a partition is kept here once it is in the remote store; -2: as much as retention.bytes.");

    public static final ConfigKey<Long> LOCAL_RETENTION_MS = FAMILY.longKey("local.retention.ms")
            .defaultsTo(-2L)
            .atLeast(-2L)
            .follows(BrokerKeys.LOG_LOCAL_RETENTION_MS)
            .doc("How long segments are kept here once they are in the remote store; -2: as long as retention.ms.");

    public static final ConfigKey<Long> MAX_COMPACTION_LAG_MS = FAMILY.longKey("max.compaction.lag.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(1L)
            .follows(BrokerKeys.LOG_CLEANER_MAX_COMPACTION_LAG_MS)
            .doc("A record is compacted at the latest after this long.");

    public static final ConfigKey<Integer> MAX_MESSAGE_BYTES = FAMILY.intKey("max.message.bytes")
            .defaultsTo(1_048_588)
            .atLeast(0)
            .follows(BrokerKeys.MESSAGE_MAX_BYTES)
            .doc("Largest batch of records that is accepted, as it arrives, so after compression.");

    public static final ConfigKey<Boolean> MESSAGE_DOWNCONVERSION_ENABLE = FAMILY.booleanKey(
                    "message.downconversion.enable")
            .defaultsTo(true)
            .follows(BrokerKeys.LOG_MESSAGE_DOWNCONVERSION_ENABLE)
            .low()
            .doc(
                    "Whether records are converted to old formats for consumers that ask for them; else such a request is refused.");

    public static final ConfigKey<String> MESSAGE_FORMAT_VERSION = FAMILY.textKey("message.format.version")
            .defaultsTo("3.0-IV1")
            .check(new Constraint.Release())
            .follows(BrokerKeys.LOG_MESSAGE_FORMAT_VERSION)
            .doc(
                    "The release in whose format records are stored: 0 before 0.10.0, 1 before 0.11.0, else 2. Counts only with inter.broker.protocol.version below 3.0.");

    public static final ConfigKey<Long> MESSAGE_TIMESTAMP_AFTER_MAX_MS = FAMILY.longKey(
                    "message.timestamp.after.max.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_MESSAGE_TIMESTAMP_AFTER_MAX_MS)
            .doc("How far a record's time may lie ahead of the broker's.");

    public static final ConfigKey<Long> MESSAGE_TIMESTAMP_BEFORE_MAX_MS = FAMILY.longKey(
                    "message.timestamp.before.max.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_MESSAGE_TIMESTAMP_BEFORE_MAX_MS)
            .doc("How far a record's time may lie behind the broker's.");

    public static final ConfigKey<Long> MESSAGE_TIMESTAMP_DIFFERENCE_MAX_MS = FAMILY.longKey(
                    "message.timestamp.difference.max.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_MESSAGE_TIMESTAMP_DIFFERENCE_MAX_MS)
            .doc(
                    "How far a record's time may be from the broker's, either way; replaced by the two keys for before and after.");

    public static final ConfigKey<String> MESSAGE_TIMESTAMP_TYPE = FAMILY.textKey("message.timestamp.type")
            .defaultsTo("CreateTime")
            .oneOf("CreateTime", "LogAppendTime")
            .follows(BrokerKeys.LOG_MESSAGE_TIMESTAMP_TYPE)
            .doc(
                    "Whether a record keeps the time its producer gave it (CreateTime) or gets the time of its append (LogAppendTime).");

    public static final ConfigKey<Double> MIN_CLEANABLE_DIRTY_RATIO = FAMILY.doubleKey("min.cleanable.dirty.ratio")
            .defaultsTo(0.5)
            .between(0.0, 1.0)
            .follows(BrokerKeys.LOG_CLEANER_MIN_CLEANABLE_RATIO)
            .doc("A log is compacted once this share of it has not been compacted yet.");

    public static final ConfigKey<Long> MIN_COMPACTION_LAG_MS = FAMILY.longKey("min.compaction.lag.ms")
            .defaultsTo(0L)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_CLEANER_MIN_COMPACTION_LAG_MS)
            .doc("A record is left alone by compaction for at least this long.");

    public static final ConfigKey<Integer> MIN_INSYNC_REPLICAS = FAMILY.intKey("min.insync.replicas")
            .defaultsTo(1)
            .atLeast(1)
            .follows(BrokerKeys.MIN_INSYNC_REPLICAS)
            .doc("With acks=all a write is refused while fewer replicas than this are in sync.");

    public static final ConfigKey<Boolean> PREALLOCATE = FAMILY.booleanKey("preallocate")
            .defaultsTo(false)
            .follows(BrokerKeys.LOG_PREALLOCATE)
            .doc("Whether the file of a new segment is given its full size at once.");

    public static final ConfigKey<Boolean> REMOTE_LOG_COPY_DISABLE = FAMILY.booleanKey("remote.log.copy.disable")
            .defaultsTo(false)
            .doc("Whether copying to the remote store is suspended.");

    public static final ConfigKey<Boolean> REMOTE_LOG_DELETE_ON_DISABLE = FAMILY.booleanKey(
                    "remote.log.delete.on.disable")
            .defaultsTo(false)
            .doc("Whether what lies in the remote store is deleted when the topic leaves it.");

    public static final ConfigKey<Boolean> REMOTE_STORAGE_ENABLE = FAMILY.booleanKey("remote.storage.enable")
            .defaultsTo(false)
            .doc("Whether the topic's segments are copied to a remote store.");

    public static final ConfigKey<Long> RETENTION_BYTES = FAMILY.longKey("retention.bytes")
            .defaultsTo(-1L)
            .follows(BrokerKeys.LOG_RETENTION_BYTES)
            .doc("The oldest segments of a partition are deleted while it is larger than this; -1 sets no bound.");

    public static final ConfigKey<Long> RETENTION_MS = FAMILY.longKey("retention.ms")
            .defaultsTo(604_800_000L)
            .atLeast(-1L)
            .follows(BrokerKeys.LOG_RETENTION_MS)
            .doc("Segments whose newest record is older than this are deleted; -1 keeps them for ever.");

    public static final ConfigKey<Integer> SEGMENT_BYTES = FAMILY.intKey("segment.bytes")
            .defaultsTo(1_073_741_824)
            .atLeast(14)
            .follows(BrokerKeys.LOG_SEGMENT_BYTES)
            .doc("A segment is closed, and a new one begun, before it would grow beyond this.");

    public static final ConfigKey<Integer> SEGMENT_INDEX_BYTES = FAMILY.intKey("segment.index.bytes")
            .defaultsTo(10_485_760)
            .atLeast(4)
            .follows(BrokerKeys.LOG_INDEX_SIZE_MAX_BYTES)
            .doc("Largest size of a segment's offset index.");

    public static final ConfigKey<Long> SEGMENT_JITTER_MS = FAMILY.longKey("segment.jitter.ms")
            .defaultsTo(0L)
            .atLeast(0L)
            .follows(BrokerKeys.LOG_ROLL_JITTER_MS)
            .doc(
                    "A random part of up to this much is taken off the age at which a segment is closed, so that not all are closed at once.");

    public static final ConfigKey<Long> SEGMENT_MS = FAMILY.longKey("segment.ms")
            .defaultsTo(604_800_000L)
            .atLeast(1L)
            .follows(BrokerKeys.LOG_ROLL_MS)
            .doc("A segment is closed once its first record is this old, even if it is not full.");

    public static final ConfigKey<Boolean> UNCLEAN_LEADER_ELECTION_ENABLE = FAMILY.booleanKey(
                    "unclean.leader.election.enable")
            .defaultsTo(false)
            .follows(BrokerKeys.UNCLEAN_LEADER_ELECTION_ENABLE)
            .doc(
                    "Whether a replica that has fallen behind may become leader when no other is left; records can be lost.");

    private static final Map<String, ConfigKey<?>> BY_NAME = new HashMap<>();

    static {
        for (ConfigKey<?> key : FAMILY.keys()) BY_NAME.put(key.name(), key);
    }

    private TopicKeys() {}

    public static List<ConfigKey<?>> all() {
        return FAMILY.keys();
    }

    /** Null when there is no such key. */
    public static ConfigKey<?> named(String name) {
        return BY_NAME.get(name);
    }
}
