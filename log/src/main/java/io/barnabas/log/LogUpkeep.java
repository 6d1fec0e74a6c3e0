package io.barnabas.log;

import io.barnabas.log.segment.SegmentResources;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.SerialMailbox;
import io.barnabas.runtime.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the logs of a broker need from time to time: index entries and fsync for those written to, retention,
 * checkpoints where something moved, files closed that nobody uses. A handful of timers for all logs together; the work runs on the disk pool, one
 * piece at a time.
 */
final class LogUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
    private static final long WRITE_BEHIND_MS = 1_000;
    private static final long FIRST_RETENTION_MS = 30_000;
    private static final long IDLE_FILE_MS = 10_000;

    private final LogManagerSettings settings;
    private final Clock clock;
    private final Timers timers;
    private final SerialMailbox mailbox;
    private final DirtyLogs dirty;
    private final SegmentResources segments;
    private final LogCheckpoints checkpoints;
    private final LogManager manager;
    private final List<Timers.Timer> running = new ArrayList<>();
    private volatile boolean closed;

    /** Written to and not yet flushed, where a time limit asks for it. Confined to the mailbox. */
    private final List<PartitionLog> awaitingFlush = new ArrayList<>();

    LogUpkeep(
            LogManagerSettings settings,
            Clock clock,
            Timers timers,
            FaultHandler faults,
            LogResources resources,
            LogCheckpoints checkpoints,
            LogManager manager) {
        this.settings = settings;
        this.clock = clock;
        this.timers = timers;
        this.mailbox = new SerialMailbox("log upkeep", resources.diskIo(), faults);
        this.dirty = resources.dirty();
        this.segments = resources.segments();
        this.checkpoints = checkpoints;
        this.manager = manager;
    }

    void start() {
        every(WRITE_BEHIND_MS, WRITE_BEHIND_MS, this::writeBehind);
        every(IDLE_FILE_MS, IDLE_FILE_MS, segments::closeIdleFiles);
        every(FIRST_RETENTION_MS, settings.retentionCheckMs(), this::deleteOldSegments);
        every(
                settings.highWatermarkCheckpointMs(),
                settings.highWatermarkCheckpointMs(),
                this::checkpointHighWatermarks);
        every(
                settings.recoveryPointCheckpointMs(),
                settings.recoveryPointCheckpointMs(),
                this::checkpointRecoveryPoints);
        every(
                settings.logStartOffsetCheckpointMs(),
                settings.logStartOffsetCheckpointMs(),
                this::checkpointLogStartOffsets);
        every(settings.producerExpirationCheckMs(), settings.producerExpirationCheckMs(), this::removeExpiredProducers);
    }

    private void every(long firstMs, long periodMs, Runnable work) {
        running.add(timers.repeat(firstMs, Math.max(1, periodMs), () -> mailbox.execute(unlessClosed(work))));
    }

    private Runnable unlessClosed(Runnable work) {
        return () -> {
            if (!closed) {
                work.run();
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Timers.Timer::cancel);
        running.clear();
    }

    private void writeBehind() {
        for (PartitionLog log : dirty.take()) {
            log.tasks().attempt("writing index entries", log::writeIndexesBehind);
            if (log.config().flushMs() != Long.MAX_VALUE && !awaitingFlush.contains(log)) {
                awaitingFlush.add(log);
            }
        }
        long now = clock.nowMs();
        for (PartitionLog log : List.copyOf(awaitingFlush)) {
            if (log.flushIsDue(now)) {
                log.tasks().attempt("flushing", () -> log.flush(now));
                awaitingFlush.remove(log);
            }
        }
    }

    /** Segments that served their time; idle logs have them too, so all are asked. */
    void deleteOldSegments() {
        long now = clock.nowMs();
        int deleted = 0;
        for (PartitionLog log : manager.logs()) {
            // Those that are compacted the cleaner looks after, lest both work on the same segments.
            if (log.config().compact() && settings.cleaner().enabled()) {
                continue;
            }
            deleted += deleteOldSegments(log, now);
        }
        LOG.debug("Retention deleted {} segments", deleted);
    }

    /** Gives their number; a failure is told to the directory. */
    static int deleteOldSegments(PartitionLog log, long nowMs) {
        int[] count = new int[1];
        log.tasks().attempt("deleting old segments", () -> count[0] = log.deleteOldSegments(nowMs));
        if (count[0] > 0) {
            LOG.info("{}: {} old segments go, the log starts at {}", log, count[0], log.logStartOffset());
        }
        return count[0];
    }

    private void checkpointHighWatermarks() {
        for (LogDirectory directory : manager.liveDirectories()) {
            if (directory.highWatermarks().isOutOfDate()) {
                attempt(directory, "writing high watermarks", () -> checkpoints.highWatermarks(directory));
            }
        }
    }

    private void checkpointRecoveryPoints() {
        for (LogDirectory directory : manager.liveDirectories()) {
            if (directory.recoveryPoints().isOutOfDate()) {
                attempt(directory, "writing recovery points", () -> checkpoints.recoveryPoints(directory));
            }
        }
    }

    private void checkpointLogStartOffsets() {
        for (LogDirectory directory : manager.liveDirectories()) {
            if (directory.logStartOffsets().isOutOfDate()) {
                attempt(directory, "writing log start offsets", () -> checkpoints.logStartOffsets(directory));
            }
        }
    }

    private void removeExpiredProducers() {
        long now = clock.nowMs();
        manager.logs().forEach(log -> log.removeExpiredProducers(now, settings.producerExpirationMs()));
    }

    private static void attempt(LogDirectory directory, String what, DiskTasks.Task work) {
        if (directory.isOffline()) {
            return;
        }
        try {
            work.run();
        } catch (IOException failure) {
            directory.failed(what, failure);
        }
    }
}
