package io.barnabas.log;

import io.barnabas.log.cleaner.CleanableLog;
import io.barnabas.log.cleaner.CleanableRange;
import io.barnabas.log.producer.ProducerStates.LastBatch;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What the cleaner may do with one partition's log, and how far compactions came. Any thread may call. */
final class LogCompaction implements CleanableLog {
    private final PartitionLog log;
    private final ReentrantLock lock;
    private final LogState state;
    private final LogFlusher flusher;
    private final SegmentSwap swap;
    private final CompactionProgress progress;
    private final DiskTasks tasks;

    LogCompaction(
            PartitionLog log,
            LogState state,
            LogFlusher flusher,
            SegmentSwap swap,
            CompactionProgress progress,
            DiskTasks tasks) {
        this.log = log;
        this.lock = log.lock();
        this.state = state;
        this.flusher = flusher;
        this.swap = swap;
        this.progress = progress;
        this.tasks = tasks;
    }

    @Override
    public LogConfig config() {
        return log.config();
    }

    @Override
    public boolean isUnusable() {
        return log.isUnusable();
    }

    @Override
    public SegmentList segments() {
        return state.segments;
    }

    @Override
    public CleanableRange cleanableRange(long nowMs) throws IOException {
        return LogReader.again(() -> CleanableRange.of(
                state.segments,
                log.config(),
                progress.upTo(),
                state.logStartOffset,
                state.logEndOffset,
                // What replaces an older record must not be lost before it is durable itself.
                Math.min(state.lastStableOffset(), flusher.flushedOffset()),
                nowMs));
    }

    @Override
    public long compactedUpTo() {
        return progress.upTo();
    }

    /** As a checkpoint tells, or the log whose records these are. */
    void resumeAt(long offset) {
        progress.reached(offset);
    }

    @Override
    public Map<Long, LastBatch> lastBatchesOfProducers() {
        lock.lock();
        try {
            return state.producers.lastBatches();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int truncations() {
        return flusher.truncations();
    }

    /** Above the recovery point a start takes a gap between segments for a loss; compaction leaves such gaps. */
    @Override
    public void compactionBegins() throws IOException {
        log.directory().recoveryPointsCount();
    }

    @Override
    public LogSegment newSegment(long baseOffset, long nowMs) throws IOException {
        return LogSegment.createCleaned(log.resources().segments(), log.path(), baseOffset, log.config(), nowMs);
    }

    @Override
    public boolean replace(List<LogSegment> old, LogSegment cleaned, int truncationsBefore) throws IOException {
        return swap.replace(old, cleaned, truncationsBefore, log.path(), log.config());
    }

    @Override
    public void compacted(long upTo, int truncationsBefore) {
        lock.lock();
        try {
            if (flusher.truncations() == truncationsBefore) {
                progress.reached(upTo);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void compactionEnded() throws IOException {
        log.directory().compactionMoved();
    }

    @Override
    public void failed(String what, IOException failure) {
        tasks.failed(what, failure);
    }

    @Override
    public void deleteOldSegments(long nowMs) {
        LogUpkeep.deleteOldSegments(log, nowMs);
    }

    @Override
    public String toString() {
        return log.toString();
    }
}
