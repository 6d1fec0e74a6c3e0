package io.barnabas.log;

import io.barnabas.log.segment.SegmentList;
import java.io.IOException;

/**
 * How many of a log's oldest segments have served their time. Counts a prefix, because a log has no holes, and nothing
 * that is not replicated yet.
 */
final class LogRetention {
    private LogRetention() {}

    /** Those below the log start offset; whatever the cleanup policy. */
    static int belowLogStart(SegmentList segments, long logStartOffset) {
        int count = 0;
        while (count + 1 < segments.count() && segments.get(count + 1).baseOffset() <= logStartOffset) {
            count++;
        }
        return count;
    }

    /** Those without which the log still has {@code retentionBytes}. */
    static int beyondSize(SegmentList segments, long retentionBytes, long highWatermark, long logEndOffset) {
        if (retentionBytes < 0) {
            return 0;
        }
        long excess = segments.sizeInBytes() - retentionBytes;
        int count = 0;
        while (isReplicated(segments, count, highWatermark, logEndOffset)
                && excess - segments.get(count).sizeInBytes() >= 0) {
            excess -= segments.get(count).sizeInBytes();
            count++;
        }
        return count;
    }

    /** Those whose youngest record is older than {@code retentionMs}. */
    static int tooOld(SegmentList segments, long retentionMs, long nowMs, long highWatermark, long logEndOffset)
            throws IOException {
        if (retentionMs < 0) {
            return 0;
        }
        int count = 0;
        while (isReplicated(segments, count, highWatermark, logEndOffset)
                && nowMs - segments.get(count).largestTimestamp() > retentionMs) {
            count++;
        }
        return count;
    }

    /** An empty segment at the end stays, or retention would replace it again and again. */
    private static boolean isReplicated(SegmentList segments, int index, long highWatermark, long logEndOffset) {
        return index < segments.count()
                && highWatermark >= segments.endOffset(index, logEndOffset)
                && (index + 1 < segments.count() || segments.get(index).sizeInBytes() > 0);
    }
}
