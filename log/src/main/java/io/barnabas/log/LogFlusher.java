package io.barnabas.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes a log durable, and knows up to which offset it is. {@link #flush} runs on threads that may wait, one at a time
 * for a log, and takes the partition's lock only to note what it did.
 */
final class LogFlusher {
    private final LogResources resources;
    private final LogDirectory home;
    private final ReentrantLock lock;
    private final SnapshotFiles snapshots;
    private final LeaderEpochs leaderEpochs;

    private volatile Runnable onFlushed = () -> {};
    private volatile long flushedOffset;
    private volatile long lastFlushMs;

    /** Counts truncations, so that a flush under way does not vouch for what came after one. */
    private volatile int truncations;

    /** The newest segment whose name is durable. */
    private long directoryFlushedTo = -1;

    LogFlusher(
            LogResources resources,
            LogDirectory home,
            ReentrantLock lock,
            LogState state,
            long flushedOffset,
            long nowMs) {
        this.resources = resources;
        this.home = home;
        this.lock = lock;
        this.snapshots = state.snapshots;
        this.leaderEpochs = state.leaderEpochs;
        this.flushedOffset = flushedOffset;
        this.lastFlushMs = nowMs;
    }

    long flushedOffset() {
        return flushedOffset;
    }

    long lastFlushMs() {
        return lastFlushMs;
    }

    int truncations() {
        return truncations;
    }

    /** Called after each flush, by the thread that made it; that one holds no lock of this class. */
    void onFlushed(Runnable listener) {
        onFlushed = listener;
    }

    /** Under the partition's lock: what lies at {@code offset} and behind it is not what was flushed. */
    void truncated(long offset) {
        truncations++;
        flushedOffset = Math.min(flushedOffset, offset);
    }

    /** Makes all below {@code upTo} durable; closed segments get their final form first. */
    void flush(SegmentList segments, Path directory, long upTo, long nowMs) throws IOException {
        if (flushFiles(segments, directory, upTo, nowMs)) {
            onFlushed.run();
        }
    }

    /** False when there was nothing to do. */
    private synchronized boolean flushFiles(SegmentList segments, Path directory, long upTo, long nowMs)
            throws IOException {
        int truncationsBefore = truncations;
        long from = flushedOffset;
        if (upTo <= from) {
            return false;
        }
        for (int i = Math.max(0, segments.indexOf(from)); i < segments.count(); i++) {
            LogSegment segment = segments.get(i);
            if (segment.baseOffset() < upTo) {
                flush(segment);
            }
        }
        snapshots.fsync(from, upTo);
        leaderEpochs.makeDurable();
        flushDirectory(segments.active().baseOffset(), directory);
        note(upTo, nowMs, truncationsBefore);
        return true;
    }

    /** A segment whose records were all durable when it was closed has indexes that are not. */
    synchronized void flushClosed(LogSegment segment, long endOffset) throws IOException {
        if (flushedOffset >= endOffset) {
            flush(segment);
        }
    }

    private void flushDirectory(long newestSegment, Path directory) throws IOException {
        if (directoryFlushedTo == newestSegment) {
            return;
        }
        if (directoryFlushedTo < 0) {
            PartitionMetadata.fsync(resources.disk(), directory);
            resources.disk().fsyncDirectory(directory.toAbsolutePath().getParent());
        }
        resources.disk().fsyncDirectory(directory);
        directoryFlushedTo = newestSegment;
    }

    /** Retention may take the segment away meanwhile. */
    private static void flush(LogSegment segment) throws IOException {
        try {
            segment.finish();
            segment.fsync();
        } catch (NoSuchFileException missing) {
            if (!segment.isDeleted()) {
                throw missing;
            }
        }
    }

    private void note(long upTo, long nowMs, int truncationsBefore) {
        lock.lock();
        try {
            if (truncations == truncationsBefore) {
                flushedOffset = upTo;
                lastFlushMs = nowMs;
                home.recoveryPointMoved();
            }
        } finally {
            lock.unlock();
        }
    }
}
