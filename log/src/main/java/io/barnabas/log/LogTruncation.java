package io.barnabas.log;

import io.barnabas.log.producer.ProducerRecovery;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes away the end of a log, or all of it, so that it agrees with its leader's. Batches go as a whole: when an offset
 * in the middle of one is named, the log counts from that offset on, although its bytes end earlier. Takes the
 * partition's lock, and waits for the disk.
 */
final class LogTruncation {
    private final PartitionLog log;
    private final LogState state;
    private final LogFlusher flusher;
    private final SegmentSwap swap;
    private final CompactionProgress compaction;
    private final DeletedSegments deletedSegments;

    /** The last cut was in the middle of a batch. Changes under the lock. */
    private boolean hasGap;

    LogTruncation(
            PartitionLog log,
            LogState state,
            LogFlusher flusher,
            SegmentSwap swap,
            CompactionProgress compaction,
            DeletedSegments deletedSegments) {
        this.log = log;
        this.state = state;
        this.flusher = flusher;
        this.swap = swap;
        this.compaction = compaction;
        this.deletedSegments = deletedSegments;
    }

    /** Drops {@code offset} and all after it. */
    void to(long offset, long nowMs) throws IOException {
        boolean shorter;
        announce(offset);
        log.lock().lock();
        try {
            swap.cancel();
            shorter = cutTo(offset, log.path(), log.config(), nowMs);
            compaction.truncated(offset);
        } finally {
            flusher.truncationEnds();
            log.lock().unlock();
        }
        afterwards(shorter, nowMs);
    }

    /** Drops everything; the log is empty and begins at {@code offset}. */
    void fully(long offset, long nowMs) throws IOException {
        announce(Math.min(offset, state.segments.first().baseOffset()));
        log.lock().lock();
        try {
            swap.cancel();
            startOver(offset, log.path(), log.config(), nowMs);
            compaction.truncated(offset);
        } finally {
            flusher.truncationEnds();
            log.lock().unlock();
        }
        afterwards(true, nowMs);
    }

    /**
     * Takes back, durably, what was said of the part that goes. A crash in the middle of what follows may leave any of it,
     * and a start must not trust what is there.
     */
    private void announce(long offset) throws IOException {
        log.lock().lock();
        try {
            if (offset >= state.logEndOffset) {
                return;
            }
            flusher.truncationBegins(offset);
            compaction.truncated(offset);
        } finally {
            log.lock().unlock();
        }
        log.directory().recoveryPointFell();
        if (compaction.hasBegun()) {
            log.directory().compactionMoved();
        }
    }

    private void afterwards(boolean shorter, long nowMs) throws IOException {
        if (state.leaderEpochs.needsPersisting()) {
            log.persistLeaderEpochs();
        }
        if (shorter) {
            flusher.flushTruncation(log.path());
            if (hasGap) {
                // A start takes a gap for a loss unless it lies between segments, below the recovery point.
                log.roll(nowMs);
            }
            log.flush();
            LogDirectory home = log.directory();
            home.highWatermarkMoved();
            home.logStartOffsetMoved();
            home.recoveryPointFell();
        }
    }

    /** False when the log ends before it anyway. */
    private boolean cutTo(long offset, Path path, LogConfig config, long nowMs) throws IOException {
        boolean shorter = offset < state.logEndOffset;
        if (shorter) {
            if (offset < state.segments.first().baseOffset()) {
                replaceAll(offset, path, config, nowMs);
            } else {
                cut(offset, config);
            }
            state.logStartOffset = Math.min(state.logStartOffset, offset);
            state.snapshots.deleteAbove(offset);
            long from = ProducerRecovery.restore(state.producers, state.snapshots, state.logStartOffset, offset);
            ProducerRecovery.replay(state.producers, state.segments, from, offset);
            state.endAt(offset);
        }
        // Even where nothing goes, an epoch without records may have begun there.
        state.leaderEpochs.truncateFromEnd(offset);
        return shorter;
    }

    private void startOver(long offset, Path path, LogConfig config, long nowMs) throws IOException {
        replaceAll(offset, path, config, nowMs);
        state.leaderEpochs.clear();
        state.snapshots.deleteAbove(-1);
        state.producers.clear();
        state.logStartOffset = offset;
        state.endAt(offset);
    }

    private void cut(long offset, LogConfig config) throws IOException {
        int holding = state.segments.indexOf(offset);
        List<LogSegment> leaving = state.segments.withoutFirst(holding + 1).all();
        flusher.truncated(offset);
        state.segments = state.segments.first(holding + 1);
        deletedSegments.take(leaving, config.fileDeleteDelayMs());
        hasGap = state.segments.active().truncateTo(offset, config) < offset;
    }

    private void replaceAll(long offset, Path path, LogConfig config, long nowMs) throws IOException {
        hasGap = false;
        flusher.truncated(offset);
        deletedSegments.take(state.segments.all(), config.fileDeleteDelayMs());
        LogSegment only = LogSegment.create(log.resources().segments(), path, offset, config, nowMs);
        state.segments = SegmentList.of(List.of(only));
        only.createIndexFiles(config);
    }
}
