package io.barnabas.log.cleaner;

import io.barnabas.log.LogConfig;
import io.barnabas.log.segment.SegmentList;
import java.io.IOException;

/**
 * What compaction could do with a log at a moment: all before {@code firstDirtyOffset} was compacted before, all from
 * {@code firstUncleanableOffset} on is left alone, because it may still change, is not decided, or is too young.
 *
 * @param cleanBytes size of the segments that begin before the first dirty offset
 * @param cleanableBytes size of those between
 * @param overdue something between has waited longer than the topic allows
 */
public record CleanableRange(
        long firstDirtyOffset, long firstUncleanableOffset, long cleanBytes, long cleanableBytes, boolean overdue) {

    /**
     * @param cleanedUpTo where the last compaction ended, negative when there was none
     * @param lastStableOffset all before it is replicated and decided
     */
    public static CleanableRange of(
            SegmentList segments,
            LogConfig config,
            long cleanedUpTo,
            long logStartOffset,
            long logEndOffset,
            long lastStableOffset,
            long nowMs)
            throws IOException {
        boolean known = cleanedUpTo >= logStartOffset && cleanedUpTo <= logEndOffset;
        long firstDirty = known ? cleanedUpTo : logStartOffset;
        int dirty = Math.max(0, segments.indexOf(firstDirty));
        long limit = Math.min(lastStableOffset, segments.active().baseOffset());
        limit = Math.min(limit, firstTooYoung(segments, dirty, config.minCompactionLagMs(), nowMs));
        int uncleanable = Math.max(0, segments.indexOf(Math.max(firstDirty, limit)));
        return new CleanableRange(
                firstDirty,
                segments.get(uncleanable).baseOffset(),
                bytesBefore(segments, firstDirty),
                bytes(segments, dirty, uncleanable),
                isOverdue(segments, dirty, config.maxCompactionLagMs(), nowMs));
    }

    private static long firstTooYoung(SegmentList segments, int dirty, long minLagMs, long nowMs) throws IOException {
        if (minLagMs > 0) {
            for (int i = dirty; i + 1 < segments.count(); i++) {
                if (segments.get(i).largestTimestamp() > nowMs - minLagMs) {
                    return segments.get(i).baseOffset();
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** Asks closed segments for their first batch. */
    private static boolean isOverdue(SegmentList segments, int dirty, long maxLagMs, long nowMs) throws IOException {
        if (maxLagMs == Long.MAX_VALUE) {
            return false;
        }
        for (int i = dirty; i + 1 < segments.count(); i++) {
            long first = segments.get(i).firstTimestamp();
            if (first > 0 && first < nowMs - maxLagMs) {
                return true;
            }
        }
        return false;
    }

    private static long bytesBefore(SegmentList segments, long offset) {
        long bytes = 0;
        for (int i = 0; i < segments.count() && segments.get(i).baseOffset() < offset; i++) {
            bytes += segments.get(i).sizeInBytes();
        }
        return bytes;
    }

    private static long bytes(SegmentList segments, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += segments.get(i).sizeInBytes();
        }
        return bytes;
    }

    /** The share of the log that was not compacted yet, of what could be. */
    double dirtyRatio() {
        long total = cleanBytes + cleanableBytes;
        return total == 0 ? 0 : (double) cleanableBytes / total;
    }

    boolean isDue(double minDirtyRatio) {
        return cleanableBytes > 0 && (overdue || dirtyRatio() > minDirtyRatio);
    }
}
