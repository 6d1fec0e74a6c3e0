package io.barnabas.log.cleaner;

import io.barnabas.log.LogConfig;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which neighbouring segments become one when they are compacted, so that segments do not get smaller and smaller. */
final class SegmentGroups {
    private SegmentGroups() {}

    /**
     * Groups, in order, the segments that begin before {@code endOffset}: none gets larger than a segment may, nor its
     * indexes, nor do its offsets span more than an index can count.
     *
     * @param firstUncleanableOffset behind the last offset of the last of them
     */
    static List<List<LogSegment>> of(
            SegmentList segments, long endOffset, long firstUncleanableOffset, LogConfig config) throws IOException {
        List<List<LogSegment>> groups = new ArrayList<>();
        List<LogSegment> group = null;
        long bytes = 0;
        long offsetIndexBytes = 0;
        long timeIndexBytes = 0;
        for (int i = 0; i < segments.count() && segments.get(i).baseOffset() < endOffset; i++) {
            LogSegment next = segments.get(i);
            bytes += next.sizeInBytes();
            offsetIndexBytes += next.offsetIndexBytes();
            timeIndexBytes += next.timeIndexBytes();
            boolean fits = group != null
                    && bytes <= config.segmentBytes()
                    && offsetIndexBytes <= config.segmentIndexBytes()
                    && timeIndexBytes <= config.segmentIndexBytes()
                    && (next.sizeInBytes() == 0
                            || lastOffset(segments, i, endOffset, firstUncleanableOffset)
                                            - group.get(0).baseOffset()
                                    <= Integer.MAX_VALUE);
            if (!fits) {
                group = new ArrayList<>();
                groups.add(group);
                bytes = next.sizeInBytes();
                offsetIndexBytes = next.offsetIndexBytes();
                timeIndexBytes = next.timeIndexBytes();
            }
            group.add(next);
        }
        return groups;
    }

    private static long lastOffset(SegmentList segments, int index, long endOffset, long firstUncleanableOffset) {
        boolean another =
                index + 1 < segments.count() && segments.get(index + 1).baseOffset() < endOffset;
        return (another ? segments.get(index + 1).baseOffset() : firstUncleanableOffset) - 1;
    }
}
