package io.barnabas.log.segment;

import java.io.IOException;

/**
 * Finds where in a segment's file records lie, and tells whether reading them may have to wait for the disk. Any thread
 * may ask, without a lock: what lies below {@link LogSegment#sizeInBytes} is there, indexed and stays.
 */
public final class SegmentReader {
    private final LogSegment segment;
    private final SegmentFile file;
    private final SegmentIndexes indexes;
    private final BatchTail tail;
    private final WarmRegions warm;

    SegmentReader(LogSegment segment, SegmentFile file, SegmentIndexes indexes, BatchTail tail, WarmRegions warm) {
        this.segment = segment;
        this.file = file;
        this.indexes = indexes;
        this.tail = tail;
        this.warm = warm;
    }

    /** True when reading up to {@code maxBytes} from {@code offset} on will most likely not have to wait for the disk. */
    public boolean isWarm(long offset, int maxBytes) {
        if (indexes.offsetsInMemory() == null) {
            return false;
        }
        int end = segment.sizeInBytes();
        int from = Math.min(knownPositionBefore(offset, end), end);
        int to = (int) Math.min((long) from + Math.max(maxBytes, 1), end);
        return warm.firstCold(from, to) == to;
    }

    /**
     * Reads what lies between the positions, as far as that is not in memory, and some more behind it, since most who
     * read go on there. The contents go nowhere.
     */
    public void warmUp(int from, int to) throws IOException {
        int begin = warm.firstCold(from, to);
        if (begin == to) {
            return;
        }
        int end = WarmRegions.endOfRegion(to - 1, segment.sizeInBytes());
        OpenFile open = file.acquire();
        try {
            ScanBuffers.skim(open.channel(), begin, end);
        } finally {
            open.release();
        }
        warm.read(begin, end - begin);
    }

    /** A position at or before the batch that holds {@code offset}, as far as memory knows. */
    private int knownPositionBefore(long offset, int end) {
        if (isOutside(offset)) {
            return offset <= segment.baseOffset() ? 0 : end;
        }
        int known = tail.positionBefore(relative(offset));
        if (known != BatchTail.UNKNOWN) {
            return known;
        }
        OffsetEntries index = indexes.offsetsInMemory();
        int floor = index == null ? -1 : index.floor(relative(offset));
        return floor < 0 ? 0 : index.position(floor);
    }

    /** Where the first batch begins that ends at or after {@code offset}; the segment's end when there is none. */
    public int positionOf(long offset) throws IOException {
        int end = segment.sizeInBytes();
        if (isOutside(offset)) {
            return offset <= segment.baseOffset() ? 0 : end;
        }
        int known = tail.positionOf(relative(offset), end);
        return known != BatchTail.UNKNOWN ? known : search(offset, end);
    }

    private int search(long offset, int end) throws IOException {
        OffsetEntries index = indexes.offsets();
        int floor = index.floor(relative(offset));
        // An entry names the last offset of an append, which may have brought several batches from its position on.
        int from = floor < 0 ? 0 : index.position(floor);
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor = ScanBuffers.cursor().start(open.channel(), from, end);
            while (cursor.next()) {
                long last = cursor.lastOffset();
                if (last >= offset) {
                    return cursor.position();
                }
                if (last == offset - 1) {
                    return cursor.position() + cursor.sizeInBytes();
                }
            }
            return cursor.position();
        } finally {
            open.release();
        }
    }

    /** The size of the batch that begins at {@code position}, if that is more than {@code bytes}; else {@code bytes}. */
    public int atLeastOneBatch(int position, int bytes) throws IOException {
        OffsetEntries index = indexes.offsetsInMemory();
        boolean isKnownToFit = isWithin(tail.firstPositionFrom(position + 1), position, bytes)
                || index != null && isWithin(index.firstPositionFrom(position + 1), position, bytes);
        return isKnownToFit ? bytes : Math.max(bytes, batchSizeAt(position));
    }

    /** True when the next batch that is known begins soon enough; one that is unknown cannot be larger. */
    private static boolean isWithin(int next, int position, int bytes) {
        return next > 0 && next - position <= bytes;
    }

    private int batchSizeAt(int position) throws IOException {
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor = ScanBuffers.cursor().start(open.channel(), position, segment.sizeInBytes());
            return cursor.next() ? cursor.sizeInBytes() : 0;
        } finally {
            open.release();
        }
    }

    /** An offset that no batch before {@code position} reaches; {@code otherwise} when the index in memory has none. */
    public long offsetBehind(int position, long otherwise) {
        OffsetEntries index = indexes.offsetsInMemory();
        int entry = index == null ? -1 : index.firstEntryFrom(position);
        return entry < 0 ? otherwise : segment.baseOffset() + index.relativeOffset(entry);
    }

    private boolean isOutside(long offset) {
        return offset <= segment.baseOffset() || offset - segment.baseOffset() > Integer.MAX_VALUE;
    }

    private int relative(long offset) {
        return (int) (offset - segment.baseOffset());
    }
}
