package io.barnabas.log;

import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.LogSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts what a compaction made of some segments in their place. The steps, each durable before the next: the new files
 * are named {@code .swap}, from where on a start would finish the work; the old ones {@code .deleted}; the new ones get
 * their plain names. fsync happens without the partition's lock, so whatever else takes segments out of the log cancels
 * a swap that has not reached its second step.
 */
final class SegmentSwap {
    private final ReentrantLock lock;
    private final LogState state;
    private final LogFlusher flusher;
    private final DeletedSegments deletedSegments;
    private final LogResources resources;
    private final DiskTasks tasks;

    /** After its first step, before its second; guarded by the partition's lock. */
    private LogSegment pending;

    SegmentSwap(
            ReentrantLock lock,
            LogState state,
            LogFlusher flusher,
            DeletedSegments deletedSegments,
            LogResources resources,
            DiskTasks tasks) {
        this.lock = lock;
        this.state = state;
        this.flusher = flusher;
        this.deletedSegments = deletedSegments;
        this.resources = resources;
        this.tasks = tasks;
    }

    /** To be asked when a compaction begins, and handed to {@link #replace}. */
    int truncations() {
        return flusher.truncations();
    }

    /**
     * False when the log changed meanwhile: then nothing is left of the new segment. Waits for the disk; one compaction
     * of a log at a time.
     *
     * @param cleaned finished and durable
     */
    boolean replace(List<LogSegment> old, LogSegment cleaned, int truncationsBefore, Path directory, LogConfig config)
            throws IOException {
        if (!announce(old, cleaned, truncationsBefore)) {
            cleaned.deleteFiles();
            return false;
        }
        Fsync.directory(resources.disk(), directory);
        List<Path> leaving = exchange(old, cleaned);
        if (leaving == null) {
            return false;
        }
        Fsync.directory(resources.disk(), directory);
        takePlainNames(cleaned);
        Fsync.directory(resources.disk(), directory);
        for (LogSegment swallowed : old.subList(1, old.size())) {
            state.snapshots.delete(swallowed.baseOffset());
        }
        deletedSegments.deleteLater(leaving, config.fileDeleteDelayMs());
        return true;
    }

    private boolean announce(List<LogSegment> old, LogSegment cleaned, int truncationsBefore) throws IOException {
        lock.lock();
        try {
            if (tasks.haveEnded()
                    || flusher.truncations() != truncationsBefore
                    || !state.segments.contains(old)
                    || old.contains(state.segments.active())) {
                return false;
            }
            cleaned.changeSuffix(LogFiles.CLEANED, LogFiles.SWAP);
            pending = cleaned;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the old files, or null when somebody cancelled. */
    private List<Path> exchange(List<LogSegment> old, LogSegment cleaned) throws IOException {
        lock.lock();
        try {
            if (pending != cleaned) {
                return null;
            }
            if (tasks.haveEnded()) {
                // The next start does the rest.
                cleaned.releaseFile();
                return null;
            }
            pending = null;
            state.segments = state.segments.replacing(old, cleaned);
            return deletedSegments.rename(old);
        } finally {
            lock.unlock();
        }
    }

    private void takePlainNames(LogSegment cleaned) throws IOException {
        lock.lock();
        try {
            // Retention may have taken it away already.
            if (!cleaned.isDeleted() && !tasks.haveEnded()) {
                cleaned.changeSuffix(LogFiles.SWAP, "");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the partition's lock, before segments leave or lose records: a start must not bring back what went. */
    void cancel() throws IOException {
        if (pending != null) {
            LogSegment cancelled = pending;
            pending = null;
            // From the first new name on a start drops all of them.
            cancelled.changeSuffix(LogFiles.SWAP, LogFiles.CLEANED);
            cancelled.deleteFiles();
        }
    }
}
