package io.barnabas.log;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.log.segment.SegmentResources;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.Randomness;
import io.barnabas.runtime.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes anew what follows from a partition's batches, without a broker: indexes, aborted transactions, producer
 * snapshots, leader epochs. It opens the log as after a crash that left nothing certain, and closes it. Runs on the
 * caller's thread.
 */
public final class LogRebuild {
    private static final int OPEN_FILES = 64;
    private static final long CACHE_BYTES = 16 << 20;

    private LogRebuild() {}

    /** Gives the offset after the last record. The partition has no damaged batches; they would end the log. */
    public static long run(Disk disk, Clock clock, Path directory) throws IOException {
        List<Throwable> faults = new ArrayList<>();
        RandomGenerator random = Randomness.system();
        LogResources resources = new LogResources(
                disk,
                new SegmentResources(disk, random, OPEN_FILES, CACHE_BYTES, CACHE_BYTES),
                Runnable::run,
                Runnable::run,
                new NoTimers(),
                random,
                (where, cause) -> faults.add(cause),
                new DirtyLogs());
        LogDirectory home = new LogDirectory(disk, directory.getParent(), Runnable::run, failed -> {});
        LogRecovery.Hints nothingIsCertain =
                new LogRecovery.Hints(false, -1, 0, Long.MAX_VALUE, Long.MAX_VALUE, clock.nowMs());
        PartitionLog log = LogRecovery.open(
                PartitionDirectory.parse(directory.getFileName().toString()).topicPartition(),
                LogConfig.defaults(),
                resources,
                home,
                directory,
                nothingIsCertain);
        log.close(clock.nowMs());
        if (!faults.isEmpty()) {
            throw new IOException(directory + " cannot be brought in order", faults.get(0));
        }
        return log.logEndOffset();
    }

    /** Nothing is left for later: the log is closed right away. */
    private static final class NoTimers implements Timers {
        @Override
        public Timer schedule(long delayMs, Runnable task) {
            return () -> {};
        }

        @Override
        public Timer repeat(long initialDelayMs, long periodMs, Runnable task) {
            return () -> {};
        }
    }
}
