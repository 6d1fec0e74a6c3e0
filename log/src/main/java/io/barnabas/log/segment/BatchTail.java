package io.barnabas.log.segment;

import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;

/**
 * Where each of the newest batches of a segment lies, so that reading at the end of a log needs no search in the file.
 * Whoever appends holds the partition's lock; any thread reads. Holds up to 512 batches.
 */
final class BatchTail {
    static final int UNKNOWN = -1;
    private static final int KEPT_BATCHES = 256;

    private final long baseOffset;
    private volatile OffsetEntries newest = new OffsetEntries();

    BatchTail(long baseOffset) {
        this.baseOffset = baseOffset;
    }

    /** The batches follow at {@code position}. */
    void add(ByteBuf batches, int position) {
        OffsetEntries known = newest;
        if (known.count() >= 2 * KEPT_BATCHES) {
            known = known.last(KEPT_BATCHES);
            newest = known;
        }
        int begin = batches.readerIndex();
        int end = batches.writerIndex();
        for (int at = begin; at < end; at += BatchHeader.sizeInBytes(batches, at)) {
            known.add((int) (Batches.lastOffset(batches, at) - baseOffset), position + at - begin);
        }
    }

    void replaceBy(OffsetEntries batches) {
        newest = batches;
    }

    /** Where the first batch begins that ends at or after the offset, {@code end} if none does. */
    int positionOf(int relativeOffset, int end) {
        OffsetEntries known = newest;
        int count = known.count();
        int at = known.floor(relativeOffset - 1) + 1;
        // The first one known may not be the first that ends there, unless it is the first of all.
        if (count == 0 || at == 0 && known.position(0) > 0) {
            return UNKNOWN;
        }
        return at < count ? Math.min(known.position(at), end) : end;
    }

    /** Where some batch begins that is not behind the one that holds the offset. */
    int positionBefore(int relativeOffset) {
        OffsetEntries known = newest;
        int at = known.floor(relativeOffset);
        return at < 0 ? UNKNOWN : known.position(at);
    }

    /** Where the first batch known begins from {@code position} on. */
    int firstPositionFrom(int position) {
        return newest.firstPositionFrom(position);
    }
}
