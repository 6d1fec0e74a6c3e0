package io.barnabas.config;

import java.util.List;

/** Log. How records are kept on disk. Most of these are defaults that a topic may override. To be used through {@link BrokerKeys}. */
interface LogKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "Log", "How records are kept on disk. Most of these are defaults that a topic may override.");

    ConfigKey<String> LOG_DIR = FAMILY.textKey("log.dir")
            .defaultsTo("/tmp/kafka-logs")
            .high()
            .doc("Directory that holds the data when log.dirs is unset.");

    ConfigKey<String> LOG_DIRS = FAMILY.textKey("log.dirs")
            .elseQuietlyFrom(LOG_DIR)
            .high()
            .doc("Directories that hold the data, as a list; partitions are spread over them.");

    ConfigKey<Integer> LOG_SEGMENT_BYTES = FAMILY.intKey("log.segment.bytes")
            .defaultsTo(1_073_741_824)
            .atLeast(14)
            .high()
            .clusterWide()
            .doc("A segment is closed, and a new one begun, before it would grow beyond this.");

    ConfigKey<Integer> LOG_ROLL_HOURS = FAMILY.intKey("log.roll.hours")
            .defaultsTo(168)
            .atLeast(1)
            .high()
            .doc("The same in hours; counts when log.roll.ms is unset.");

    ConfigKey<Long> LOG_ROLL_MS = FAMILY.longKey("log.roll.ms")
            .elseFrom(LOG_ROLL_HOURS, 3_600_000)
            .high()
            .clusterWide()
            .doc("A segment is closed once its first record is this old, even if it is not full.");

    ConfigKey<Integer> LOG_ROLL_JITTER_HOURS = FAMILY.intKey("log.roll.jitter.hours")
            .defaultsTo(0)
            .atLeast(0)
            .high()
            .doc("The same in hours; counts when log.roll.jitter.ms is unset.");

    ConfigKey<Long> LOG_ROLL_JITTER_MS = FAMILY.longKey("log.roll.jitter.ms")
            .elseFrom(LOG_ROLL_JITTER_HOURS, 3_600_000)
            .high()
            .clusterWide()
            .doc(
                    "A random part of up to this much is taken off the age at which a segment is closed, so that not all are closed at once.");

    ConfigKey<Integer> LOG_RETENTION_HOURS = FAMILY.intKey("log.retention.hours")
            .defaultsTo(168)
            .high()
            .doc("The same in hours; counts when neither the milliseconds nor the minutes are set.");

    ConfigKey<Integer> LOG_RETENTION_MINUTES = FAMILY.intKey("log.retention.minutes")
            .high()
            .doc("The same in minutes; counts when log.retention.ms is unset.");

    ConfigKey<Long> LOG_RETENTION_MS = FAMILY.longKey("log.retention.ms")
            .elseFrom(LOG_RETENTION_MINUTES, 60_000)
            .elseFrom(LOG_RETENTION_HOURS, 3_600_000)
            .high()
            .clusterWide()
            .doc("Segments whose newest record is older than this are deleted; -1 keeps them for ever.");

    ConfigKey<Long> LOG_RETENTION_BYTES = FAMILY.longKey("log.retention.bytes")
            .defaultsTo(-1L)
            .high()
            .clusterWide()
            .doc("The oldest segments of a partition are deleted while it is larger than this; -1 sets no bound.");

    ConfigKey<Long> LOG_RETENTION_CHECK_INTERVAL_MS = FAMILY.longKey("log.retention.check.interval.ms")
            .defaultsTo(300_000L)
            .atLeast(1L)
            .doc("How often segments are checked for deletion.");

    ConfigKey<List<String>> LOG_CLEANUP_POLICY = FAMILY.listKey("log.cleanup.policy")
            .defaultsTo("delete")
            .eachOneOf("compact", "delete")
            .clusterWide()
            .doc(
                    "What happens to old segments: delete removes them, compact keeps the last record of each key; both may be named.");

    ConfigKey<Boolean> LOG_CLEANER_ENABLE =
            FAMILY.booleanKey("log.cleaner.enable").defaultsTo(true).doc("Whether compaction runs at all.");

    ConfigKey<Integer> LOG_CLEANER_THREADS = FAMILY.intKey("log.cleaner.threads")
            .defaultsTo(1)
            .atLeast(0)
            .clusterWide()
            .doc("Threads that compact.");

    ConfigKey<Double> LOG_CLEANER_IO_MAX_BYTES_PER_SECOND = FAMILY.doubleKey("log.cleaner.io.max.bytes.per.second")
            .defaultsTo(Double.MAX_VALUE)
            .clusterWide()
            .doc("Compaction reads and writes no more than this together.");

    ConfigKey<Long> LOG_CLEANER_DEDUPE_BUFFER_SIZE = FAMILY.longKey("log.cleaner.dedupe.buffer.size")
            .defaultsTo(134_217_728L)
            .clusterWide()
            .doc("Memory in which all compacting threads together remember keys.");

    ConfigKey<Integer> LOG_CLEANER_IO_BUFFER_SIZE = FAMILY.intKey("log.cleaner.io.buffer.size")
            .defaultsTo(524_288)
            .atLeast(0)
            .clusterWide()
            .doc("Memory for reading and writing of all compacting threads together.");

    ConfigKey<Double> LOG_CLEANER_IO_BUFFER_LOAD_FACTOR = FAMILY.doubleKey("log.cleaner.io.buffer.load.factor")
            .defaultsTo(0.9)
            .clusterWide()
            .doc("How full the memory for keys may get; more cleans more at once but has more collisions.");

    ConfigKey<Long> LOG_CLEANER_BACKOFF_MS = FAMILY.longKey("log.cleaner.backoff.ms")
            .defaultsTo(15_000L)
            .atLeast(0L)
            .clusterWide()
            .doc("Pause of a compacting thread that found nothing to do.");

    ConfigKey<Double> LOG_CLEANER_MIN_CLEANABLE_RATIO = FAMILY.doubleKey("log.cleaner.min.cleanable.ratio")
            .defaultsTo(0.5)
            .between(0.0, 1.0)
            .clusterWide()
            .doc("A log is compacted once this share of it has not been compacted yet.");

    ConfigKey<Long> LOG_CLEANER_DELETE_RETENTION_MS = FAMILY.longKey("log.cleaner.delete.retention.ms")
            .defaultsTo(86_400_000L)
            .atLeast(0L)
            .clusterWide()
            .doc("How long a deletion marker of a compacted topic stays readable.");

    ConfigKey<Long> LOG_CLEANER_MIN_COMPACTION_LAG_MS = FAMILY.longKey("log.cleaner.min.compaction.lag.ms")
            .defaultsTo(0L)
            .atLeast(0L)
            .clusterWide()
            .doc("A record is left alone by compaction for at least this long.");

    ConfigKey<Long> LOG_CLEANER_MAX_COMPACTION_LAG_MS = FAMILY.longKey("log.cleaner.max.compaction.lag.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(1L)
            .clusterWide()
            .doc("A record is compacted at the latest after this long.");

    ConfigKey<Integer> LOG_INDEX_SIZE_MAX_BYTES = FAMILY.intKey("log.index.size.max.bytes")
            .defaultsTo(10_485_760)
            .atLeast(4)
            .clusterWide()
            .doc("Largest size of a segment's offset index.");

    ConfigKey<Integer> LOG_INDEX_INTERVAL_BYTES = FAMILY.intKey("log.index.interval.bytes")
            .defaultsTo(4096)
            .atLeast(0)
            .clusterWide()
            .doc("An index entry is added after about this many bytes of records.");

    ConfigKey<Long> LOG_FLUSH_INTERVAL_MESSAGES = FAMILY.longKey("log.flush.interval.messages")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(1L)
            .high()
            .clusterWide()
            .doc("Records that a partition takes before it is forced to disk.");

    ConfigKey<Long> LOG_FLUSH_SCHEDULER_INTERVAL_MS = FAMILY.longKey("log.flush.scheduler.interval.ms")
            .defaultsTo(Long.MAX_VALUE)
            .high()
            .doc("How often logs are checked for being due to be forced to disk.");

    ConfigKey<Long> LOG_FLUSH_INTERVAL_MS = FAMILY.longKey("log.flush.interval.ms")
            .elseFrom(LOG_FLUSH_SCHEDULER_INTERVAL_MS)
            .high()
            .clusterWide()
            .doc("Longest time a record waits before it is forced to disk; unset: log.flush.scheduler.interval.ms.");

    ConfigKey<Integer> LOG_FLUSH_OFFSET_CHECKPOINT_INTERVAL_MS = FAMILY.intKey(
                    "log.flush.offset.checkpoint.interval.ms")
            .defaultsTo(60_000)
            .atLeast(0)
            .high()
            .doc("How often the position from which recovery starts is written.");

    ConfigKey<Integer> LOG_FLUSH_START_OFFSET_CHECKPOINT_INTERVAL_MS = FAMILY.intKey(
                    "log.flush.start.offset.checkpoint.interval.ms")
            .defaultsTo(60_000)
            .atLeast(0)
            .high()
            .doc("How often the first readable offsets are written.");

    ConfigKey<Long> LOG_SEGMENT_DELETE_DELAY_MS = FAMILY.longKey("log.segment.delete.delay.ms")
            .defaultsTo(60_000L)
            .atLeast(0L)
            .high()
            .clusterWide()
            .doc("A deleted segment's file goes away after this long.");

    ConfigKey<Boolean> LOG_PREALLOCATE = FAMILY.booleanKey("log.preallocate")
            .defaultsTo(false)
            .clusterWide()
            .doc("Whether the file of a new segment is given its full size at once.");

    ConfigKey<Long> LOG_DIR_FAILURE_TIMEOUT_MS = FAMILY.longKey("log.dir.failure.timeout.ms")
            .defaultsTo(30_000L)
            .atLeast(1L)
            .low()
            .doc("A broker whose failed log directory the controller has not heard of within this time stops.");

    ConfigKey<Long> LOG_INITIAL_TASK_DELAY_MS = FAMILY.longKey("log.initial.task.delay.ms")
            .defaultsTo(30_000L)
            .atLeast(0L)
            .low()
            .hidden()
            .doc("Wait after the start before the background work on logs begins.");

    ConfigKey<String> LOG_MESSAGE_FORMAT_VERSION = FAMILY.textKey("log.message.format.version")
            .defaultsTo("3.0-IV1")
            .check(new Constraint.Release())
            .doc(
                    "The release in whose format records are stored: 0 before 0.10.0, 1 before 0.11.0, else 2. Counts only with inter.broker.protocol.version below 3.0.");

    ConfigKey<String> LOG_MESSAGE_TIMESTAMP_TYPE = FAMILY.textKey("log.message.timestamp.type")
            .defaultsTo("CreateTime")
            .oneOf("CreateTime", "LogAppendTime")
            .clusterWide()
            .doc(
                    "Whether a record keeps the time its producer gave it (CreateTime) or gets the time of its append (LogAppendTime).");

    ConfigKey<Long> LOG_MESSAGE_TIMESTAMP_DIFFERENCE_MAX_MS = FAMILY.longKey("log.message.timestamp.difference.max.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .clusterWide()
            .doc(
                    "How far a record's time may be from the broker's, either way; replaced by the two keys for before and after.");

    ConfigKey<Long> LOG_MESSAGE_TIMESTAMP_BEFORE_MAX_MS = FAMILY.longKey("log.message.timestamp.before.max.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .clusterWide()
            .doc("How far a record's time may lie behind the broker's.");

    ConfigKey<Long> LOG_MESSAGE_TIMESTAMP_AFTER_MAX_MS = FAMILY.longKey("log.message.timestamp.after.max.ms")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .clusterWide()
            .doc("How far a record's time may lie ahead of the broker's.");

    ConfigKey<Boolean> LOG_MESSAGE_DOWNCONVERSION_ENABLE = FAMILY.booleanKey("log.message.downconversion.enable")
            .defaultsTo(true)
            .low()
            .clusterWide()
            .doc(
                    "Whether records are converted to old formats for consumers that ask for them; else such a request is refused.");

    ConfigKey<Integer> MESSAGE_MAX_BYTES = FAMILY.intKey("message.max.bytes")
            .defaultsTo(1_048_588)
            .atLeast(0)
            .high()
            .clusterWide()
            .doc("Largest batch of records that is accepted, as it arrives, so after compression.");

    ConfigKey<String> COMPRESSION_TYPE = FAMILY.textKey("compression.type")
            .defaultsTo("producer")
            .oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer")
            .high()
            .clusterWide()
            .doc("Codec in which batches are kept; producer keeps them as they came.");

    ConfigKey<Integer> COMPRESSION_GZIP_LEVEL = FAMILY.intKey("compression.gzip.level")
            .defaultsTo(-1)
            .check(new Constraint.BoundsOrMinusOne(1, 9))
            .clusterWide()
            .doc("Level at which the broker compresses with gzip; -1 is the codec's own default.");

    ConfigKey<Integer> COMPRESSION_LZ4_LEVEL = FAMILY.intKey("compression.lz4.level")
            .defaultsTo(9)
            .between(1, 17)
            .clusterWide()
            .doc("Level at which the broker compresses with lz4.");

    ConfigKey<Integer> COMPRESSION_ZSTD_LEVEL = FAMILY.intKey("compression.zstd.level")
            .defaultsTo(3)
            .between(-131_072, 22)
            .clusterWide()
            .doc("Level at which the broker compresses with zstd.");

    ConfigKey<Integer> NUM_RECOVERY_THREADS_PER_DATA_DIR = FAMILY.intKey("num.recovery.threads.per.data.dir")
            .defaultsTo(1)
            .atLeast(1)
            .high()
            .clusterWide()
            .doc("Threads a directory for recovering logs at the start and forcing them to disk at the stop.");

    ConfigKey<Integer> PRODUCER_ID_EXPIRATION_MS = FAMILY.intKey("producer.id.expiration.ms")
            .defaultsTo(86_400_000)
            .atLeast(1)
            .low()
            .clusterWide()
            .doc("How long a partition remembers a producer that writes nothing, so that it knows its duplicates.");

    ConfigKey<Integer> PRODUCER_ID_EXPIRATION_CHECK_INTERVAL_MS = FAMILY.intKey(
                    "producer.id.expiration.check.interval.ms")
            .defaultsTo(600_000)
            .atLeast(1)
            .low()
            .hidden()
            .doc("How often partitions look for producers to forget.");
}
