package io.barnabas.log.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The segments of a log in order of their base offsets; the last one is active. Immutable: a change makes a new list,
 * so that readers need no lock.
 */
public final class SegmentList {
    private final LogSegment[] segments;

    private SegmentList(LogSegment[] segments) {
        this.segments = segments;
    }

    /** {@code segments} in ascending order, at least one. */
    public static SegmentList of(List<LogSegment> segments) {
        return new SegmentList(segments.toArray(LogSegment[]::new));
    }

    public int count() {
        return segments.length;
    }

    public LogSegment get(int index) {
        return segments[index];
    }

    public LogSegment first() {
        return segments[0];
    }

    public LogSegment active() {
        return segments[segments.length - 1];
    }

    /** The index of the segment that holds {@code offset}: the last that begins at or before it, or -1. */
    public int indexOf(long offset) {
        int low = 0;
        int high = segments.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments[middle].baseOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Where the segment begins that holds {@code offset}, or negative. */
    public long baseAt(long offset) {
        int index = indexOf(offset);
        return index < 0 ? -1 : segments[index].baseOffset();
    }

    /** Where the segment's offsets end: the next one's base, or {@code logEndOffset} for the last. */
    public long endOffset(int index, long logEndOffset) {
        return index + 1 < segments.length ? segments[index + 1].baseOffset() : logEndOffset;
    }

    public SegmentList with(LogSegment next) {
        LogSegment[] more = Arrays.copyOf(segments, segments.length + 1);
        more[segments.length] = next;
        return new SegmentList(more);
    }

    /** Without the first {@code count}. */
    public SegmentList withoutFirst(int count) {
        return new SegmentList(Arrays.copyOfRange(segments, count, segments.length));
    }

    /** The first {@code count} alone. */
    public SegmentList first(int count) {
        return new SegmentList(Arrays.copyOf(segments, count));
    }

    /** Whether these follow each other in it. */
    public boolean contains(List<LogSegment> some) {
        int first = indexOf(some.get(0).baseOffset());
        if (first < 0 || first + some.size() > segments.length) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (segments[first + i] != some.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** With one in the place of some that follow each other; all of them are in it. */
    public SegmentList replacing(List<LogSegment> some, LogSegment one) {
        int first = indexOf(some.get(0).baseOffset());
        List<LogSegment> changed = all();
        changed.subList(first, first + some.size()).clear();
        changed.add(first, one);
        return of(changed);
    }

    /** A copy, in order. */
    public List<LogSegment> all() {
        return new ArrayList<>(Arrays.asList(segments));
    }

    public long sizeInBytes() {
        long bytes = 0;
        for (LogSegment segment : segments) {
            bytes += segment.sizeInBytes();
        }
        return bytes;
    }
}
