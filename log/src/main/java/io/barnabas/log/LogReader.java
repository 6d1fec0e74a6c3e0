package io.barnabas.log;

import io.barnabas.log.ReadOutcome.Cold;
import io.barnabas.log.ReadOutcome.OutOfRange;
import io.barnabas.log.ReadOutcome.Slice;
import io.barnabas.log.ReadOutcome.Unreadable;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * Finds the part of a segment file that answers a read. Any thread; needs no lock, because segments only grow and
 * their list is immutable. Allocates the slice and nothing else.
 */
final class LogReader {
    /** Counted from the end of a log, so much is taken to be in the page cache. */
    private static final long WARM_BYTES = 32 << 20;

    private static final int TOUCH_BYTES = 64 << 10;
    private static final ThreadLocal<ByteBuffer> TOUCHED =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(TOUCH_BYTES));
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
        if (index >= 0 && offset < end && isCold(segments, index, offset)) {
            return Cold.INSTANCE;
        }
        return read(segments, index, offset, maxBytes, atLeastOneBatch, end);
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
        Slice found = read(segments, segments.indexOf(offset), offset, maxBytes, atLeastOneBatch, end);
        if (found.records() instanceof RecordsRef.FileSlice slice) {
            touch(slice);
        }
        return found;
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

    private static boolean isCold(SegmentList segments, int index, long offset) {
        LogSegment segment = segments.get(index);
        if (!segment.isIndexInMemory()) {
            return true;
        }
        long behind = segment.sizeInBytes() - segment.knownPositionBefore(offset);
        for (int later = index + 1; later < segments.count() && behind <= WARM_BYTES; later++) {
            behind += segments.get(later).sizeInBytes();
        }
        return behind > WARM_BYTES;
    }

    private static Slice read(
            SegmentList segments, int first, long offset, int maxBytes, boolean atLeastOneBatch, long endOffset)
            throws IOException {
        if (offset >= endOffset) {
            return EMPTY;
        }
        // A compacted log may hold nothing between an offset and the end of its segment.
        for (int index = Math.max(0, first); index < segments.count(); index++) {
            LogSegment segment = segments.get(index);
            boolean isWhole =
                    index + 1 < segments.count() && segments.get(index + 1).baseOffset() <= endOffset;
            int end = isWhole ? segment.sizeInBytes() : segment.positionOf(endOffset);
            int from = segment.positionOf(offset);
            if (from < end) {
                return slice(segment, from, end, maxBytes, atLeastOneBatch, segments.endOffset(index, endOffset));
            }
        }
        return EMPTY;
    }

    private static Slice slice(
            LogSegment segment, int from, int end, int maxBytes, boolean atLeastOneBatch, long endOffset)
            throws IOException {
        int length = end - from;
        if (maxBytes < length) {
            int wanted = Math.max(0, maxBytes);
            length = Math.min(length, atLeastOneBatch ? segment.atLeastOneBatch(from, wanted) : wanted);
        }
        if (length == 0) {
            return EMPTY;
        }
        OpenFile open = segment.acquire();
        return new Slice(
                new RecordsRef.FileSlice(open.channel(), from, length, open),
                segment.offsetBehind(from + length, endOffset));
    }

    private static void touch(RecordsRef.FileSlice slice) throws IOException {
        ByteBuffer scratch = TOUCHED.get();
        for (int done = 0; done < slice.sizeInBytes(); ) {
            scratch.clear().limit(Math.min(TOUCH_BYTES, slice.sizeInBytes() - done));
            int read = slice.channel().read(scratch, slice.position() + done);
            if (read < 0) {
                return;
            }
            done += read;
        }
    }
}
