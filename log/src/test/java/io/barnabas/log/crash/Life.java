package io.barnabas.log.crash;

import io.barnabas.log.LogConfig;
import io.barnabas.log.LogManager;
import io.barnabas.log.LogManagerSettings;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.QueuedTasks;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThreadPools;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The log module of a broker from a start to a clean stop or to the moment when nobody cares for it any more. It has no
 * threads: the pool for disk work runs when told to. Confined to one thread.
 */
final class Life {
    static final Path DIRECTORY = Path.of("/data/logs");

    /** Less than there are segments, so that files are closed and opened again. */
    private static final int OPEN_FILES = 5;

    final SimulatedTime time;
    final QueuedTasks diskIo = new QueuedTasks();
    private final RecordedFaults faults = new RecordedFaults();
    private final Models models;
    private final LogManager manager;
    private String failure;

    Life(Disk disk, Models models, long nowMs) {
        this.models = models;
        this.time = new SimulatedTime(nowMs);
        this.manager = new LogManager(
                new LogManagerSettings(
                        List.of(DIRECTORY),
                        1,
                        OPEN_FILES,
                        1 << 16,
                        1 << 16,
                        120_000,
                        60_000,
                        5_000,
                        60_000,
                        86_400_000,
                        600_000,
                        new CleanerSettings(true, 1, Double.MAX_VALUE, 1 << 14, 4096, 0.9, 15_000)),
                disk,
                time,
                time,
                new SameThreadPools(),
                diskIo,
                Seeds.random(nowMs),
                faults,
                (directory, partitions, lastOne) -> failure = directory + " is offline");
    }

    LogManager manager() {
        return manager;
    }

    void start() {
        Function<String, LogConfig> configs = topic -> models.ofTopic(topic).config;
        try {
            manager.start(configs);
        } catch (IOException | RuntimeException cause) {
            throw new Violation("the start failed: " + cause, cause);
        }
        checkHealth();
    }

    void stop() {
        diskIo.runAll();
        manager.close();
        diskIo.runAll();
        checkHealth();
    }

    /** What the logs have promised by now. */
    void notePromises() {
        for (PartitionModel model : models.all()) {
            PartitionLog log = manager.logFor(model.name);
            if (log != null && model.exists) {
                model.promises(log.flushedOffset());
                model.startOffset = Math.max(model.startOffset, log.logStartOffset());
            }
        }
    }

    /** On a disk without faults there is nothing to fail. */
    void checkHealth() {
        diskIoFailures();
        Violation.check(failure == null, "%s", failure);
        for (Throwable fault : faults.faults()) {
            throw new Violation("fault: " + fault.getCause(), fault);
        }
    }

    private void diskIoFailures() {
        manager.directories().forEach(directory -> Violation.check(!directory.isOffline(), "%s is offline", directory));
    }
}
