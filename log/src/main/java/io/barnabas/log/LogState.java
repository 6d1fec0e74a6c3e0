package io.barnabas.log;

import io.barnabas.log.producer.ProducerStates;
import io.barnabas.log.producer.SnapshotFiles;
import io.barnabas.log.segment.SegmentList;

/**
 * What a log is made of at this moment: its segments and where they begin and end. Whoever changes it holds the
 * partition's lock; any thread reads. Always {@code logStartOffset <= highWatermark <= logEndOffset}.
 */
final class LogState {
    final ProducerStates producers;
    final SnapshotFiles snapshots;
    final LeaderEpochs leaderEpochs;

    volatile SegmentList segments;
    volatile long logStartOffset;
    volatile long logEndOffset;
    volatile long highWatermark;
    volatile long firstUnstableOffset;

    LogState(
            SegmentList segments,
            long logStartOffset,
            long logEndOffset,
            long highWatermark,
            ProducerStates producers,
            SnapshotFiles snapshots,
            LeaderEpochs leaderEpochs) {
        this.segments = segments;
        this.logStartOffset = logStartOffset;
        this.logEndOffset = logEndOffset;
        this.highWatermark = highWatermark;
        this.producers = producers;
        this.snapshots = snapshots;
        this.leaderEpochs = leaderEpochs;
        settleTransactions();
    }

    /** Moves the high watermark, within the log; true when it was elsewhere. */
    boolean moveHighWatermark(long offset) {
        long next = Math.max(logStartOffset, Math.min(offset, logEndOffset));
        if (next == highWatermark) {
            return false;
        }
        highWatermark = next;
        if (producers.highWatermarkMoved(next)) {
            firstUnstableOffset = producers.firstUnstableOffset();
        }
        return true;
    }

    /** Nothing before {@code offset} can be read any more. */
    void beginAt(long offset) {
        logStartOffset = offset;
        highWatermark = Math.max(highWatermark, offset);
        leaderEpochs.truncateFromStart(offset);
    }

    /** After a truncation; the producers are those at {@code offset}. */
    void endAt(long offset) {
        logEndOffset = offset;
        highWatermark = Math.max(logStartOffset, Math.min(highWatermark, offset));
        settleTransactions();
    }

    /** All before it is decided: no transaction is open there, and what ended one is replicated. */
    long lastStableOffset() {
        return Math.max(logStartOffset, Math.min(highWatermark, firstUnstableOffset));
    }

    private void settleTransactions() {
        producers.highWatermarkMoved(highWatermark);
        firstUnstableOffset = producers.firstUnstableOffset();
    }
}
