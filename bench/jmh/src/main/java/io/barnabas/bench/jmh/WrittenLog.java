package io.barnabas.bench.jmh;

import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.log.PartitionLog;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.LoggingFaultHandler;
import io.barnabas.runtime.Randomness;
import io.barnabas.runtime.SystemTimers;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One partition's log in a directory of its own, on the real disk, led in epoch 0. Deleted when it is closed. */
final class WrittenLog implements AutoCloseable {
    private static final TopicPartition PARTITION = new TopicPartition("bench", 0);

    private final Path directory;
    private final ThreadPools pools = new ThreadPools();
    private final SystemTimers timers;
    private final LogManager manager;
    private final PartitionLog log;

    WrittenLog() throws IOException {
        FaultHandler faults = new LoggingFaultHandler();
        directory = Files.createTempDirectory("barnabas-jmh");
        timers = new SystemTimers(faults);
        manager = new LogManager(
                LogManagerSettings.defaults(List.of(directory)),
                Disk.local(),
                Clock.system(),
                timers,
                pools,
                pools.pool("disk-io", 2),
                Randomness.system(),
                faults,
                (failed, partitions, lastOne) -> faults.fault("disk", new IllegalStateException(failed + " failed")));
        manager.start(topic -> LogConfig.defaults());
        log = manager.create(PARTITION, Uuid.random(Randomness.system()), LogConfig.defaults());
        log.beginLeaderEpoch(0);
    }

    PartitionLog log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        manager.close();
        timers.close();
        pools.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
