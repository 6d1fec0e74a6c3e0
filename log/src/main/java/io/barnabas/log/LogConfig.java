package io.barnabas.log;

import io.barnabas.config.TopicConfig;
import io.barnabas.config.TopicKeys;
import io.barnabas.wire.record.BatchHeader;

/**
 * What a partition's log needs to know of its topic's configuration. Immutable; a change brings a new one.
 *
 * @param segmentBytes a segment does not grow beyond this
 * @param segmentMs a segment takes no records that are this much younger than its first
 * @param segmentJitterMs at most so much is taken off {@code segmentMs}, at random, so that segments do not all roll at once
 * @param segmentIndexBytes size of an index while its segment is active
 * @param indexIntervalBytes an index entry is due after so many bytes
 * @param retentionBytes older segments beyond this go; negative: no limit
 * @param retentionMs segments go when their youngest record is older; negative: no limit
 * @param fileDeleteDelayMs time between a file's new name {@code .deleted} and its end
 * @param flushMessages after so many records without fsync one is due
 * @param flushMs after so much time without fsync one is due
 * @param maxMessageBytes largest batch a client may send
 * @param delete old segments are deleted ({@code cleanup.policy})
 * @param compact only the last record of a key is kept ({@code cleanup.policy})
 * @param maxCompactionLagMs a record is compacted at the latest after this time; in a compacted log an active segment rolls
 *     after it, if that is shorter
 * @param minCompactionLagMs a record is left alone for so long
 * @param minCleanableDirtyRatio a log is compacted once this share of it has not been
 * @param deleteRetentionMs so long after it was first compacted a record without value stays
 * @param preallocate the log file has its full size from the start
 * @param recordFormat records are stored in this format: 2, or 0 or 1 as old releases did
 */
public record LogConfig(
        int segmentBytes,
        long segmentMs,
        long segmentJitterMs,
        int segmentIndexBytes,
        int indexIntervalBytes,
        long retentionBytes,
        long retentionMs,
        long fileDeleteDelayMs,
        long flushMessages,
        long flushMs,
        int maxMessageBytes,
        boolean delete,
        boolean compact,
        long maxCompactionLagMs,
        long minCompactionLagMs,
        double minCleanableDirtyRatio,
        long deleteRetentionMs,
        boolean preallocate,
        byte recordFormat) {

    /** What the topic sets, over what its broker says. */
    public static LogConfig from(TopicConfig topic) {
        return new LogConfig(
                topic.get(TopicKeys.SEGMENT_BYTES),
                topic.get(TopicKeys.SEGMENT_MS),
                topic.get(TopicKeys.SEGMENT_JITTER_MS),
                topic.get(TopicKeys.SEGMENT_INDEX_BYTES),
                topic.get(TopicKeys.INDEX_INTERVAL_BYTES),
                topic.get(TopicKeys.RETENTION_BYTES),
                topic.get(TopicKeys.RETENTION_MS),
                topic.get(TopicKeys.FILE_DELETE_DELAY_MS),
                topic.get(TopicKeys.FLUSH_MESSAGES),
                topic.get(TopicKeys.FLUSH_MS),
                topic.get(TopicKeys.MAX_MESSAGE_BYTES),
                topic.isDeletedByAge(),
                topic.isCompacted(),
                topic.get(TopicKeys.MAX_COMPACTION_LAG_MS),
                topic.get(TopicKeys.MIN_COMPACTION_LAG_MS),
                topic.get(TopicKeys.MIN_CLEANABLE_DIRTY_RATIO),
                topic.get(TopicKeys.DELETE_RETENTION_MS),
                topic.get(TopicKeys.PREALLOCATE),
                topic.recordFormat());
    }

    /** Kafka's defaults. */
    public static LogConfig defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.segmentBytes = segmentBytes;
        builder.segmentMs = segmentMs;
        builder.segmentJitterMs = segmentJitterMs;
        builder.segmentIndexBytes = segmentIndexBytes;
        builder.indexIntervalBytes = indexIntervalBytes;
        builder.retentionBytes = retentionBytes;
        builder.retentionMs = retentionMs;
        builder.fileDeleteDelayMs = fileDeleteDelayMs;
        builder.flushMessages = flushMessages;
        builder.flushMs = flushMs;
        builder.maxMessageBytes = maxMessageBytes;
        builder.delete = delete;
        builder.compact = compact;
        builder.maxCompactionLagMs = maxCompactionLagMs;
        builder.minCompactionLagMs = minCompactionLagMs;
        builder.minCleanableDirtyRatio = minCleanableDirtyRatio;
        builder.deleteRetentionMs = deleteRetentionMs;
        builder.preallocate = preallocate;
        builder.recordFormat = recordFormat;
        return builder;
    }

    /** Whether records are stored in a format that knows no batches. */
    public boolean keepsOldFormat() {
        return recordFormat < BatchHeader.MAGIC_V2;
    }

    /** How long the active segment takes records, before jitter. */
    long maxSegmentMs() {
        return compact ? Math.min(segmentMs, maxCompactionLagMs) : segmentMs;
    }

    /** Collects values; starts from Kafka's defaults. */
    public static final class Builder {
        private int segmentBytes = 1 << 30;
        private long segmentMs = 7 * 24 * 3_600_000L;
        private long segmentJitterMs;
        private int segmentIndexBytes = 10 << 20;
        private int indexIntervalBytes = 4096;
        private long retentionBytes = -1;
        private long retentionMs = 7 * 24 * 3_600_000L;
        private long fileDeleteDelayMs = 60_000;
        private long flushMessages = Long.MAX_VALUE;
        private long flushMs = Long.MAX_VALUE;
        private int maxMessageBytes = 1_048_588;
        private boolean delete = true;
        private boolean compact;
        private long maxCompactionLagMs = Long.MAX_VALUE;
        private long minCompactionLagMs;
        private double minCleanableDirtyRatio = 0.5;
        private long deleteRetentionMs = 24 * 3_600_000L;
        private boolean preallocate;
        private byte recordFormat = BatchHeader.MAGIC_V2;

        private Builder() {}

        public Builder segmentBytes(int value) {
            segmentBytes = value;
            return this;
        }

        public Builder segmentMs(long value) {
            segmentMs = value;
            return this;
        }

        public Builder segmentJitterMs(long value) {
            segmentJitterMs = value;
            return this;
        }

        public Builder segmentIndexBytes(int value) {
            segmentIndexBytes = value;
            return this;
        }

        public Builder indexIntervalBytes(int value) {
            indexIntervalBytes = value;
            return this;
        }

        public Builder retentionBytes(long value) {
            retentionBytes = value;
            return this;
        }

        public Builder retentionMs(long value) {
            retentionMs = value;
            return this;
        }

        public Builder fileDeleteDelayMs(long value) {
            fileDeleteDelayMs = value;
            return this;
        }

        public Builder flushMessages(long value) {
            flushMessages = value;
            return this;
        }

        public Builder flushMs(long value) {
            flushMs = value;
            return this;
        }

        public Builder maxMessageBytes(int value) {
            maxMessageBytes = value;
            return this;
        }

        public Builder delete(boolean value) {
            delete = value;
            return this;
        }

        public Builder compact(boolean value) {
            compact = value;
            return this;
        }

        public Builder maxCompactionLagMs(long value) {
            maxCompactionLagMs = value;
            return this;
        }

        public Builder minCompactionLagMs(long value) {
            minCompactionLagMs = value;
            return this;
        }

        public Builder minCleanableDirtyRatio(double value) {
            minCleanableDirtyRatio = value;
            return this;
        }

        public Builder deleteRetentionMs(long value) {
            deleteRetentionMs = value;
            return this;
        }

        public Builder preallocate(boolean value) {
            preallocate = value;
            return this;
        }

        public Builder recordFormat(int value) {
            recordFormat = (byte) value;
            return this;
        }

        public LogConfig build() {
            return new LogConfig(
                    segmentBytes,
                    segmentMs,
                    segmentJitterMs,
                    segmentIndexBytes,
                    indexIntervalBytes,
                    retentionBytes,
                    retentionMs,
                    fileDeleteDelayMs,
                    flushMessages,
                    flushMs,
                    maxMessageBytes,
                    delete,
                    compact,
                    maxCompactionLagMs,
                    minCompactionLagMs,
                    minCleanableDirtyRatio,
                    deleteRetentionMs,
                    preallocate,
                    recordFormat);
        }
    }
}
