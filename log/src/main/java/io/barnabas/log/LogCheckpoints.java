package io.barnabas.log;

import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes what the logs in a directory say of themselves at that moment into its checkpoint files. Any thread may call;
 * waits for the disk. Holds nothing.
 */
final class LogCheckpoints {
    private final Function<LogDirectory, List<PartitionLog>> logsIn;

    LogCheckpoints(Function<LogDirectory, List<PartitionLog>> logsIn) {
        this.logsIn = logsIn;
    }

    /** Lets a directory have them written when something must not wait for the next time. */
    void serve(LogDirectory directory) {
        directory.checkpointsRecoveryPointsBy(this::recoveryPoints);
        directory.checkpointsCleanerOffsetsBy(this::cleanerOffsets);
        directory.checkpointsLogStartOffsetsBy(this::logStartOffsets);
    }

    void all(LogDirectory directory) throws IOException {
        recoveryPoints(directory);
        highWatermarks(directory);
        logStartOffsets(directory);
        cleanerOffsets(directory);
    }

    void recoveryPoints(LogDirectory directory) throws IOException {
        directory.recoveryPoints().write(() -> offsets(directory, PartitionLog::recoveryPoint));
    }

    void highWatermarks(LogDirectory directory) throws IOException {
        directory.highWatermarks().write(() -> offsets(directory, PartitionLog::highWatermark));
    }

    void logStartOffsets(LogDirectory directory) throws IOException {
        directory.logStartOffsets().write(() -> startsOf(directory));
    }

    void cleanerOffsets(LogDirectory directory) throws IOException {
        directory.cleanerOffsets().write(() -> endsOfCompaction(directory));
    }

    private Map<TopicPartition, Long> endsOfCompaction(LogDirectory directory) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (PartitionLog log : logsIn.apply(directory)) {
            if (log.compaction().compactedUpTo() >= 0) {
                offsets.put(log.topicPartition(), log.compaction().compactedUpTo());
            }
        }
        return offsets;
    }

    /**
     * Those that the name of a log's first segment tells as well: a power cut may bring back the names of segments that
     * left before it, and deleted records with them.
     */
    private Map<TopicPartition, Long> startsOf(LogDirectory directory) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (PartitionLog log : logsIn.apply(directory)) {
            if (log.logStartOffset() > 0) {
                starts.put(log.topicPartition(), log.logStartOffset());
            }
        }
        return starts;
    }

    private Map<TopicPartition, Long> offsets(LogDirectory directory, Function<PartitionLog, Long> offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        logsIn.apply(directory).forEach(log -> offsets.put(log.topicPartition(), offset.apply(log)));
        return offsets;
    }
}
