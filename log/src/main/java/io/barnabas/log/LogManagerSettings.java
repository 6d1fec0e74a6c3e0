package io.barnabas.log;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link LogManager} needs of the broker's configuration.
 *
 * @param directories {@code log.dirs}
 * @param maxOpenFiles segment files open at a time, about
 * @param indexCacheBytes memory for indexes of closed segments
 */
public record LogManagerSettings(
        List<Path> directories,
        int recoveryThreadsPerDirectory,
        int maxOpenFiles,
        long indexCacheBytes,
        long retentionCheckMs,
        long recoveryPointCheckpointMs,
        long highWatermarkCheckpointMs,
        long logStartOffsetCheckpointMs,
        long producerExpirationMs,
        long producerExpirationCheckMs) {

    /** Kafka's defaults. */
    public static LogManagerSettings defaults(List<Path> directories) {
        return new LogManagerSettings(
                directories, 1, 1000, 16 << 20, 300_000, 60_000, 5_000, 60_000, 86_400_000, 600_000);
    }
}
