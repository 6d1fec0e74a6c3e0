package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.OFFSET_OUT_OF_RANGE;

import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.runtime.Invariants;
import io.barnabas.wire.ErrorCode;
import java.io.IOException;
import java.util.List;

/**
 * The old end of a log: where it begins for readers, and the segments that leave there because their time is over, the
 * log is too large, or nobody can read them any more. Any thread that may wait calls; changes take the partition's lock.
 */
final class LogStart {
    private final PartitionLog log;
    private final LogState state;
    private final LogAppender appender;
    private final SegmentSwap swap;
    private final DeletedSegments deletedSegments;
    private final WriteBehind behind;

    LogStart(
            PartitionLog log,
            LogState state,
            LogAppender appender,
            SegmentSwap swap,
            DeletedSegments deletedSegments,
            WriteBehind behind) {
        this.log = log;
        this.state = state;
        this.appender = appender;
        this.swap = swap;
        this.deletedSegments = deletedSegments;
        this.behind = behind;
    }

    /** -1 stands for the high watermark, beyond which nothing can be deleted. The file that says so follows at once. */
    ErrorCode deleteRecordsBefore(long offset) {
        ErrorCode outcome = moveToReplicated(offset);
        if (outcome == ErrorCode.NONE) {
            log.tasks().later("writing log start offsets", log.directory()::showLogStartOffsets);
        }
        return outcome;
    }

    private ErrorCode moveToReplicated(long offset) {
        log.lock().lock();
        try {
            long start = offset == -1 ? state.highWatermark : offset;
            if (start < 0 || start > state.highWatermark) {
                return OFFSET_OUT_OF_RANGE;
            }
            moveTo(start);
            return ErrorCode.NONE;
        } finally {
            log.lock().unlock();
        }
    }

    /** Never falls. */
    void moveTo(long offset) {
        log.lock().lock();
        try {
            if (offset <= state.logStartOffset) {
                return;
            }
            Invariants.check(
                    offset <= state.logEndOffset,
                    "log start offset %s beyond the log's end %s",
                    offset,
                    state.logEndOffset);
            state.beginAt(offset);
            log.directory().logStartOffsetMoved();
        } finally {
            log.lock().unlock();
        }
        behind.epochsLater();
    }

    /** Gives the number of segments that left. */
    int deleteOldSegments(long nowMs) throws IOException {
        if (countOldSegments(nowMs) == 0) {
            return 0;
        }
        List<LogSegment> leaving;
        log.lock().lock();
        try {
            leaving = log.isUnusable() ? List.of() : takeOldSegments(nowMs);
        } finally {
            log.lock().unlock();
        }
        deletedSegments.take(leaving, log.config().fileDeleteDelayMs());
        if (state.leaderEpochs.needsPersisting()) {
            log.persistLeaderEpochs();
        }
        return leaving.size();
    }

    /** Asked once without the lock, because the age of a segment may have to be read from disk; it is known then. */
    private int countOldSegments(long nowMs) throws IOException {
        LogConfig limits = log.config();
        SegmentList all = state.segments;
        int count = LogRetention.belowLogStart(all, state.logStartOffset);
        if (limits.delete()) {
            long end = state.logEndOffset;
            count = Math.max(count, LogRetention.tooOld(all, limits.retentionMs(), nowMs, state.highWatermark, end));
            count = Math.max(count, LogRetention.beyondSize(all, limits.retentionBytes(), state.highWatermark, end));
        }
        return count;
    }

    private List<LogSegment> takeOldSegments(long nowMs) throws IOException {
        int count = countOldSegments(nowMs);
        if (count == 0) {
            return List.of();
        }
        swap.cancel();
        if (count == state.segments.count()) {
            appender.roll(state.logEndOffset, log.path(), log.config(), nowMs);
        }
        List<LogSegment> leaving = state.segments.first(count).all();
        SegmentList kept = state.segments.withoutFirst(count);
        // The offset moves before the files go: whoever reads meanwhile is out of range, not out of luck.
        moveTo(kept.first().baseOffset());
        state.segments = kept;
        return leaving;
    }
}
