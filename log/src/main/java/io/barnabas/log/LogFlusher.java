package io.barnabas.log;

import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.file.Fsync;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
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
    private final LogState state;

    private volatile Runnable onFlushed = () -> {};
    private volatile long flushedOffset;
    /** Segments that end at or before it have their final form, indexes included, and that is durable. */
    private volatile long finishedUpTo;

    private volatile long lastFlushMs;

    /** Counts truncations, so that a flush under way does not vouch for what came after one. */
    private volatile int truncations;

    /** While a truncation is under way, where it cuts. */
    private volatile long limit = Long.MAX_VALUE;

    /** The newest segment whose name is durable. */
    private long directoryFlushedTo = -1;

    private boolean metadataIsFlushed;

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
        this.state = state;
        this.flushedOffset = flushedOffset;
        this.finishedUpTo = state.segments.baseAt(flushedOffset);
        this.lastFlushMs = nowMs;
    }

    long flushedOffset() {
        return flushedOffset;
    }

    /**
     * Where a start has to begin to check after a crash. It looks at the segment that holds this offset and those behind.
     * Where a segment ends, or might end by the next append, with its last durable record, that is one offset too far as
     * long as its indexes are not in their final form.
     */
    long recoveryPoint() {
        long flushed = flushedOffset;
        boolean isEnd = flushed == state.logEndOffset || flushed == state.segments.baseAt(flushed);
        return isEnd && finishedUpTo < flushed ? flushed - 1 : flushed;
    }

    /** The log is closed: its last segment has its final form. */
    void finished() {
        finishedUpTo = flushedOffset;
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

    /**
     * Under the partition's lock: what lies at {@code offset} and behind it will go, and no flush vouches for it, nor, as
     * long as the cut is under way, for the segment in which it is.
     */
    void truncationBegins(long offset) {
        limit = Math.max(0, state.segments.baseAt(offset));
        truncated(limit);
    }

    /** Under the partition's lock, with the old segments: what lies at {@code offset} and behind is not what was flushed. */
    void truncated(long offset) {
        truncations++;
        flushedOffset = Math.min(flushedOffset, offset);
        finishedUpTo = Math.min(finishedUpTo, state.segments.baseAt(offset));
    }

    void truncationEnds() {
        limit = Long.MAX_VALUE;
    }

    /** Makes all below {@code wanted} durable, as far as the log goes; closed segments get their final form first. */
    void flush(Path directory, long wanted, long nowMs) throws IOException {
        if (flushFiles(directory, wanted, nowMs)) {
            onFlushed.run();
        }
    }

    /** False when there was nothing to do. */
    private synchronized boolean flushFiles(Path directory, long wanted, long nowMs) throws IOException {
        int truncationsBefore;
        SegmentList segments;
        long from;
        long upTo;
        lock.lock();
        try {
            // All of one moment: a truncation from here on makes the rest worthless, and note() notices.
            truncationsBefore = truncations;
            segments = state.segments;
            from = flushedOffset;
            upTo = Math.min(wanted, state.logEndOffset);
        } finally {
            lock.unlock();
        }
        boolean unfinished = finishedUpTo < segments.baseAt(upTo);
        if (upTo <= from && !unfinished) {
            return false;
        }
        for (int i = Math.max(0, segments.indexOf(Math.min(from, finishedUpTo))); i < segments.count(); i++) {
            LogSegment segment = segments.get(i);
            if (segment.baseOffset() < upTo) {
                flush(segment);
            }
        }
        state.snapshots.fsync(from, upTo);
        state.leaderEpochs.makeDurable();
        // A segment that got its final form may have got files.
        flushDirectory(segments.active().baseOffset(), unfinished, directory);
        note(upTo, segments.baseAt(upTo), nowMs, truncationsBefore);
        return true;
    }

    /**
     * Makes a truncation durable. Else some of what was cut off might come back after a power cut, right behind what was
     * appended since.
     */
    synchronized void flushTruncation(Path directory) throws IOException {
        LogSegment active = state.segments.active();
        active.fsyncWithIndexes();
        Fsync.directory(resources.disk(), directory);
        directoryFlushedTo = active.baseOffset();
    }

    /** Once: it is written when the log is made, and stays. */
    private void flushMetadata(Path directory) throws IOException {
        if (!metadataIsFlushed) {
            PartitionMetadata.fsync(resources.disk(), directory);
            Fsync.directory(resources.disk(), directory);
            Fsync.directory(resources.disk(), directory.toAbsolutePath().getParent());
            metadataIsFlushed = true;
        }
    }

    private void flushDirectory(long newestSegment, boolean hasNewFiles, Path directory) throws IOException {
        flushMetadata(directory);
        if (directoryFlushedTo != newestSegment || hasNewFiles) {
            Fsync.directory(resources.disk(), directory);
            directoryFlushedTo = newestSegment;
        }
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

    private void note(long upTo, long finished, long nowMs, int truncationsBefore) {
        lock.lock();
        try {
            if (truncations == truncationsBefore) {
                flushedOffset = Math.max(flushedOffset, Math.min(upTo, limit));
                finishedUpTo = Math.max(finishedUpTo, finished);
                lastFlushMs = nowMs;
                home.recoveryPointMoved();
            }
        } finally {
            lock.unlock();
        }
    }
}
