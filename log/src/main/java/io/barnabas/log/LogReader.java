package io.barnabas.log;

import io.barnabas.log.ReadOutcome.Cold;
import io.barnabas.log.ReadOutcome.OutOfRange;
import io.barnabas.log.ReadOutcome.Slice;
import io.barnabas.log.ReadOutcome.Unreadable;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.OpenFile;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Finds the part of a segment file that answers a read. Any thread; needs no lock, because segments only grow and
 * their list is immutable. Allocates the slice and nothing else.
 */
final class LogReader {
    private static final Slice EMPTY = new Slice(RecordsRef.empty(), 0);

    private final PartitionLog log;
    private final DiskTasks tasks;

    LogReader(PartitionLog log, DiskTasks tasks) {
        this.log = log;
        this.tasks = tasks;
    }

    /** Something that reads and may have to be tried again. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Answers {@link Cold} instead of waiting for the disk. */
    ReadOutcome readWarm(long offset, int maxBytes, boolean atLeastOneBatch, long endOffsetExclusive) {
        if (log.directory().isOffline()) {
            return unreadable("the log directory is offline");
        }
        try {
            return tryWarm(offset, maxBytes, atLeastOneBatch, endOffsetExclusive);
        } catch (NoSuchFileException deletedMeanwhile) {
            return Cold.INSTANCE;
        } catch (IOException failure) {
            tasks.failed("reading", failure);
            return unreadable(failure.toString());
        }
    }

    private ReadOutcome tryWarm(long offset, int maxBytes, boolean atLeastOneBatch, long endOffsetExclusive)
            throws IOException {
        long logEndOffset = log.logEndOffset();
        if (offset < log.logStartOffset() || offset > logEndOffset) {
            return new OutOfRange(log.logStartOffset(), logEndOffset);
        }
        SegmentList segments = log.segments();
        int index = segments.indexOf(offset);
        long end = Math.min(endOffsetExclusive, logEndOffset);
        if (index >= 0 && offset < end && !segments.get(index).reader().isWarm(offset, maxBytes)) {
            return Cold.INSTANCE;
        }
        Stretch found = find(segments, index, offset, maxBytes, atLeastOneBatch, end);
        return found == null ? EMPTY : slice(found);
    }

    /** Waits for the disk where it has to, and leaves what it answers in the page cache. */
    ReadOutcome readFromDisk(long offset, int maxBytes, boolean atLeastOneBatch, long endOffsetExclusive) {
        if (log.directory().isOffline()) {
            return unreadable("the log directory is offline");
        }
        try {
            return again(() -> tryFromDisk(offset, maxBytes, atLeastOneBatch, endOffsetExclusive));
        } catch (IOException failure) {
            tasks.failed("reading", failure);
            return unreadable(failure.toString());
        }
    }

    private ReadOutcome tryFromDisk(long offset, int maxBytes, boolean atLeastOneBatch, long endOffsetExclusive)
            throws IOException {
        long logEndOffset = log.logEndOffset();
        if (offset < log.logStartOffset() || offset > logEndOffset) {
            return new OutOfRange(log.logStartOffset(), logEndOffset);
        }
        SegmentList segments = log.segments();
        long end = Math.min(endOffsetExclusive, logEndOffset);
        Stretch found = find(segments, segments.indexOf(offset), offset, maxBytes, atLeastOneBatch, end);
        if (found == null) {
            return EMPTY;
        }
        found.segment.reader().warmUp(found.from, found.from + found.length);
        return slice(found);
    }

    /** A segment may be deleted while somebody is about to open it; the list does not have it any more then. */
    static <T> T again(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (NoSuchFileException deletedMeanwhile) {
            return reading.read();
        }
    }

    private static Unreadable unreadable(String why) {
        return new Unreadable(ErrorCode.KAFKA_STORAGE_ERROR, why);
    }

    /** A part of a segment that answers a read, never empty; nothing from {@code endOffset} on is in it. */
    private record Stretch(LogSegment segment, int from, int length, long endOffset) {}

    /** Null when there is nothing to read. */
    private static Stretch find(
            SegmentList segments, int first, long offset, int maxBytes, boolean atLeastOneBatch, long endOffset)
            throws IOException {
        if (offset >= endOffset) {
            return null;
        }
        // A compacted log may hold nothing between an offset and the end of its segment.
        for (int index = Math.max(0, first); index < segments.count(); index++) {
            LogSegment segment = segments.get(index);
            boolean isWhole =
                    index + 1 < segments.count() && segments.get(index + 1).baseOffset() <= endOffset;
            int end = isWhole ? segment.sizeInBytes() : segment.reader().positionOf(endOffset);
            int from = segment.reader().positionOf(offset);
            if (from < end) {
                return stretch(segment, from, end, maxBytes, atLeastOneBatch, segments.endOffset(index, endOffset));
            }
        }
        return null;
    }

    private static Stretch stretch(
            LogSegment segment, int from, int end, int maxBytes, boolean atLeastOneBatch, long endOffset)
            throws IOException {
        int length = end - from;
        if (maxBytes < length) {
            int wanted = Math.max(0, maxBytes);
            length = Math.min(length, atLeastOneBatch ? segment.reader().atLeastOneBatch(from, wanted) : wanted);
        }
        return length == 0 ? null : new Stretch(segment, from, length, endOffset);
    }

    private static Slice slice(Stretch found) throws IOException {
        OpenFile open = found.segment.acquire();
        return new Slice(
                new RecordsRef.FileSlice(open.channel(), found.from, found.length, open),
                found.segment.reader().offsetBehind(found.from + found.length, found.endOffset));
    }
}
