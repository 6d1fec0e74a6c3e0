package io.barnabas.log;

import io.barnabas.log.segment.LogSegment;
import java.io.IOException;

/** When a segment is closed and a new one begun: before it would grow too large, too old, or beyond its indexes. */
final class RollRules {
    private RollRules() {}

    /**
     * True when the batches about to be appended belong in a new segment.
     *
     * @param maxTimestamp the youngest among them
     */
    static boolean mustRoll(
            LogSegment active, LogConfig config, int bytes, long lastOffset, long maxTimestamp, long nowMs)
            throws IOException {
        int size = active.sizeInBytes();
        if (lastOffset - active.baseOffset() > Integer.MAX_VALUE) {
            return true;
        }
        if (size == 0) {
            return false;
        }
        return size > config.segmentBytes() - bytes
                || isTooOld(active, config, maxTimestamp, nowMs)
                || active.anIndexIsFull(config.segmentIndexBytes());
    }

    /** Age is counted in the records' own time where they have one, else from the segment's creation. */
    private static boolean isTooOld(LogSegment active, LogConfig config, long maxTimestamp, long nowMs)
            throws IOException {
        long first = active.firstTimestamp();
        long waitedMs = first >= 0 ? maxTimestamp - first : nowMs - active.createdMs();
        return waitedMs > config.maxSegmentMs() - active.rollJitterMs();
    }
}
