package io.barnabas.log;

import com.sun.management.UnixOperatingSystemMXBean;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.log.cleaner.CleanerSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@link LogManager} needs of the broker's configuration.
 *
 * @param directories {@code log.dirs}
 * @param maxOpenFiles segment files open at a time, about
 * @param indexCacheBytes memory for indexes of closed segments
 * @param pageCacheBytes how much of the newest and latest read records the operating system is taken to hold in memory
 * @param moveThreads replicas that move between directories at a time
 * @param moveMaxBytesPerSecond for all such moves together
 * @param cleaner what compaction needs
 */
public record LogManagerSettings(
        List<Path> directories,
        int recoveryThreadsPerDirectory,
        int maxOpenFiles,
        long indexCacheBytes,
        long pageCacheBytes,
        long retentionCheckMs,
        long recoveryPointCheckpointMs,
        long highWatermarkCheckpointMs,
        long logStartOffsetCheckpointMs,
        long producerExpirationMs,
        long producerExpirationCheckMs,
        int moveThreads,
        long moveMaxBytesPerSecond,
        CleanerSettings cleaner) {

    private static final int MAX_OPEN_FILES = 1000;
    private static final int MOST_OPEN_FILES = 10_000;
    private static final long INDEX_CACHE_BYTES = 16 << 20;
    private static final long PAGE_CACHE_BYTES = 32 << 20;

    /** One move a directory at a time, as fast as it goes. */
    public LogManagerSettings(
            List<Path> directories,
            int recoveryThreadsPerDirectory,
            int maxOpenFiles,
            long indexCacheBytes,
            long pageCacheBytes,
            long retentionCheckMs,
            long recoveryPointCheckpointMs,
            long highWatermarkCheckpointMs,
            long logStartOffsetCheckpointMs,
            long producerExpirationMs,
            long producerExpirationCheckMs,
            CleanerSettings cleaner) {
        this(
                directories,
                recoveryThreadsPerDirectory,
                maxOpenFiles,
                indexCacheBytes,
                pageCacheBytes,
                retentionCheckMs,
                recoveryPointCheckpointMs,
                highWatermarkCheckpointMs,
                logStartOffsetCheckpointMs,
                producerExpirationMs,
                producerExpirationCheckMs,
                Math.max(1, directories.size()),
                Long.MAX_VALUE,
                cleaner);
    }

    public static LogManagerSettings from(BrokerConfig broker) {
        return new LogManagerSettings(
                broker.logDirs().stream().map(Path::of).toList(),
                recoveryThreads(broker),
                halfOfWhatTheProcessMayOpen(),
                INDEX_CACHE_BYTES,
                aQuarterOfTheMemory(),
                broker.get(BrokerKeys.LOG_RETENTION_CHECK_INTERVAL_MS),
                broker.get(BrokerKeys.LOG_FLUSH_OFFSET_CHECKPOINT_INTERVAL_MS),
                broker.get(BrokerKeys.REPLICA_HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS),
                broker.get(BrokerKeys.LOG_FLUSH_START_OFFSET_CHECKPOINT_INTERVAL_MS),
                broker.get(BrokerKeys.PRODUCER_ID_EXPIRATION_MS),
                broker.get(BrokerKeys.PRODUCER_ID_EXPIRATION_CHECK_INTERVAL_MS),
                moveThreads(broker),
                broker.get(BrokerKeys.REPLICA_ALTER_LOG_DIRS_IO_MAX_BYTES_PER_SECOND),
                CleanerSettings.from(broker));
    }

    /** As many as there are processors, unless somebody wants another number. */
    private static int recoveryThreads(BrokerConfig broker) {
        int wanted = broker.get(BrokerKeys.NUM_RECOVERY_THREADS_PER_DATA_DIR);
        int each = Runtime.getRuntime().availableProcessors() / broker.logDirs().size();
        return broker.isSet(BrokerKeys.NUM_RECOVERY_THREADS_PER_DATA_DIR) ? wanted : Math.max(wanted, each);
    }

    private static int moveThreads(BrokerConfig broker) {
        Integer threads = broker.get(BrokerKeys.NUM_REPLICA_ALTER_LOG_DIRS_THREADS);
        return threads == null ? broker.logDirs().size() : Math.max(1, threads);
    }

    /** The other half is for connections. */
    private static int halfOfWhatTheProcessMayOpen() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(MOST_OPEN_FILES, unix.getMaxFileDescriptorCount() / 2)
                : MAX_OPEN_FILES;
    }

    /** Of the machine's, or of what the process may have of it; the rest is for others, and for being wrong. */
    private static long aQuarterOfTheMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getTotalMemorySize() / 4
                : PAGE_CACHE_BYTES;
    }

    /** Kafka's defaults. */
    public static LogManagerSettings defaults(List<Path> directories) {
        return new LogManagerSettings(
                directories,
                1,
                MAX_OPEN_FILES,
                INDEX_CACHE_BYTES,
                PAGE_CACHE_BYTES,
                300_000,
                60_000,
                5_000,
                60_000,
                86_400_000,
                600_000,
                CleanerSettings.defaults());
    }
}
