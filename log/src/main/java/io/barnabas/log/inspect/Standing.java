package io.barnabas.log.inspect;

import io.barnabas.log.directory.CheckpointFile.MalformedCheckpointException;
import io.barnabas.log.directory.OffsetCheckpoint;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a log directory says of its partitions. Immutable.
 *
 * @param clean whether the last stop left everything in its final form
 */
record Standing(
        Path directory,
        boolean clean,
        Map<TopicPartition, Long> recoveryPoints,
        Map<TopicPartition, Long> highWatermarks,
        Map<TopicPartition, Long> logStarts,
        Map<TopicPartition, Long> cleanerOffsets) {
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    /** A checkpoint that cannot be read is a problem, and counts as empty. */
    static Standing read(Disk disk, Path directory, Findings findings) throws IOException {
        return new Standing(
                directory,
                disk.exists(directory.resolve(CLEAN_SHUTDOWN)),
                checkpoint(disk, directory.resolve(FileKind.RECOVERY_POINTS), findings),
                checkpoint(disk, directory.resolve(FileKind.HIGH_WATERMARKS), findings),
                checkpoint(disk, directory.resolve(FileKind.LOG_STARTS), findings),
                checkpoint(disk, directory.resolve(FileKind.CLEANER_OFFSETS), findings));
    }

    private static Map<TopicPartition, Long> checkpoint(Disk disk, Path file, Findings findings) throws IOException {
        try {
            return new OffsetCheckpoint(disk, file).read();
        } catch (MalformedCheckpointException malformed) {
            findings.problem(file, malformed.problem());
            return Map.of();
        }
    }

    /** All before it was made durable. */
    long recoveryPoint(TopicPartition partition) {
        return recoveryPoints.getOrDefault(partition, 0L);
    }

    long logStart(TopicPartition partition) {
        return logStarts.getOrDefault(partition, 0L);
    }
}
