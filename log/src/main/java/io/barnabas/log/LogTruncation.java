package io.barnabas.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes away the end of a log, or all of it, so that it agrees with its leader's. Batches go as a whole: when an offset
 * in the middle of one is named, the log counts from that offset on, although its bytes end earlier. Runs under the
 * partition's lock.
 */
final class LogTruncation {
    private final LogState state;
    private final LogFlusher flusher;
    private final DeletedSegments deletedSegments;
    private final LogResources resources;

    LogTruncation(LogState state, LogFlusher flusher, DeletedSegments deletedSegments, LogResources resources) {
        this.state = state;
        this.flusher = flusher;
        this.deletedSegments = deletedSegments;
        this.resources = resources;
    }

    /** Drops {@code offset} and all after it; false when the log ends before it anyway. */
    boolean to(long offset, Path path, LogConfig config, long nowMs) throws IOException {
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

    /** Drops everything; the log is empty and begins at {@code offset}. */
    void fully(long offset, Path path, LogConfig config, long nowMs) throws IOException {
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
        state.segments.active().truncateTo(offset, config);
    }

    private void replaceAll(long offset, Path path, LogConfig config, long nowMs) throws IOException {
        flusher.truncated(offset);
        deletedSegments.take(state.segments.all(), config.fileDeleteDelayMs());
        LogSegment only = LogSegment.create(resources, path, offset, config, nowMs);
        state.segments = SegmentList.of(List.of(only));
        only.createIndexFiles(config);
    }
}
