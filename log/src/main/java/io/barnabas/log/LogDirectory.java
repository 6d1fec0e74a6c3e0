package io.barnabas.log;

import io.barnabas.log.directory.OffsetCheckpoint;
import io.barnabas.log.file.DiskErrors;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One entry of {@code log.dirs}: a place for partitions that works or has failed as a whole. It is offline from its
 * first failure on, until a restart. Any thread may report one.
 */
public final class LogDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(LogDirectory.class);

    private final Path path;
    private final Executor notifications;
    private final Consumer<LogDirectory> onFailure;
    private final AtomicBoolean offline = new AtomicBoolean();
    private final Checkpoint recoveryPoints;
    private final Checkpoint highWatermarks;
    private final Checkpoint logStartOffsets;
    private final OffsetCheckpoint cleanerOffsetsFile;
    private final Checkpoint cleanerOffsets;

    private volatile CheckpointWriter checkpointRecoveryPoints = directory -> {};
    private volatile CheckpointWriter checkpointCleanerOffsets = directory -> {};
    private volatile CheckpointWriter checkpointLogStartOffsets = directory -> {};
    private volatile boolean full;

    private final AtomicInteger logCount = new AtomicInteger();

    /** Writes a checkpoint of all partitions of a directory. */
    @FunctionalInterface
    interface CheckpointWriter {
        void write(LogDirectory directory) throws IOException;
    }

    void checkpointsRecoveryPointsBy(CheckpointWriter writer) {
        checkpointRecoveryPoints = writer;
    }

    void checkpointsCleanerOffsetsBy(CheckpointWriter writer) {
        checkpointCleanerOffsets = writer;
    }

    void checkpointsLogStartOffsetsBy(CheckpointWriter writer) {
        checkpointLogStartOffsets = writer;
    }

    /** {@code onFailure} is called once, on an executor's thread. */
    LogDirectory(Disk disk, Path path, Executor notifications, Consumer<LogDirectory> onFailure) {
        this.path = path;
        this.notifications = notifications;
        this.onFailure = onFailure;
        this.recoveryPoints =
                new Checkpoint(new OffsetCheckpoint(disk, path.resolve("recovery-point-offset-checkpoint")));
        this.highWatermarks = new Checkpoint(new OffsetCheckpoint(disk, path.resolve("replication-offset-checkpoint")));
        this.logStartOffsets = new Checkpoint(new OffsetCheckpoint(disk, path.resolve("log-start-offset-checkpoint")));
        this.cleanerOffsetsFile = new OffsetCheckpoint(disk, path.resolve("cleaner-offset-checkpoint"));
        this.cleanerOffsets = new Checkpoint(cleanerOffsetsFile);
    }

    public Path path() {
        return path;
    }

    /** How many logs are in it. */
    int logCount() {
        return logCount.get();
    }

    void logCame() {
        logCount.incrementAndGet();
    }

    void logLeft() {
        logCount.decrementAndGet();
    }

    public boolean isOffline() {
        return offline.get();
    }

    Checkpoint recoveryPoints() {
        return recoveryPoints;
    }

    Checkpoint highWatermarks() {
        return highWatermarks;
    }

    Checkpoint logStartOffsets() {
        return logStartOffsets;
    }

    /** Up to where each partition was compacted. */
    Checkpoint cleanerOffsets() {
        return cleanerOffsets;
    }

    void createCleanerOffsets() throws IOException {
        cleanerOffsetsFile.createIfMissing();
    }

    /** True when the failure is one that passes: no space is left. Anything else takes the directory offline. */
    boolean failed(String what, IOException failure) {
        if (DiskErrors.isFull(failure) && failure.getSuppressed().length == 0) {
            if (!full) {
                full = true;
                LOG.error("No space is left in {}: {} failed; appends are refused until there is some", path, what);
            }
            return true;
        }
        if (offline.compareAndSet(false, true)) {
            LOG.error("Log directory {} is offline from now on: {} failed", path, what, failure);
            notifications.execute(() -> onFailure.accept(this));
        }
        return false;
    }

    void wroteAgain() {
        if (full) {
            full = false;
            LOG.info("There is space again in {}", path);
        }
    }

    void recoveryPointMoved() {
        recoveryPoints.moved();
    }

    /** As {@link #recoveryPointMoved}, but the checkpoint on disk claims too much until it is written again, now. */
    void recoveryPointFell() throws IOException {
        recoveryPointMoved();
        checkpointRecoveryPoints.write(this);
    }

    /** What is done next relies on a start's knowing what is durable at this moment. */
    void recoveryPointsCount() throws IOException {
        checkpointRecoveryPoints.write(this);
    }

    /** How far compactions came has to be on disk, now: it may claim too much. */
    void compactionMoved() throws IOException {
        checkpointCleanerOffsets.write(this);
    }

    void highWatermarkMoved() {
        highWatermarks.moved();
    }

    void logStartOffsetMoved() {
        logStartOffsets.moved();
    }

    /** Somebody deleted records and may look at the file; writes it unless that was done meanwhile. */
    void showLogStartOffsets() throws IOException {
        if (logStartOffsets.isOutOfDate()) {
            checkpointLogStartOffsets.write(this);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
