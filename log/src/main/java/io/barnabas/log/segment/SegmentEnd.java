package io.barnabas.log.segment;

import java.io.IOException;

/**
 * What lies behind the last index entries of a segment, found batch by batch. Immutable.
 *
 * @param nextOffset the offset after the last record
 * @param isWhole whether the file ends with a whole batch
 * @param newest of the whole segment
 * @param batches where those lie that begin at the last entry or behind it
 */
record SegmentEnd(long nextOffset, boolean isWhole, MaxTimestamp newest, OffsetEntries batches) {

    /** @param known the youngest timestamp of which the indexes tell */
    static SegmentEnd walk(SegmentFile file, long baseOffset, int size, OffsetEntries offsets, MaxTimestamp known)
            throws IOException {
        MaxTimestamp newest = known;
        OffsetEntries walked = new OffsetEntries();
        int last = offsets.count() - 1;
        long nextOffset = last < 0 ? baseOffset : baseOffset + offsets.relativeOffset(last) + 1;
        int indexed = last < 0 ? 0 : offsets.position(last);
        int entry = known.offset() < 0 ? -1 : offsets.floor((int) (known.offset() - baseOffset));
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor =
                    ScanBuffers.cursor().start(open.channel(), entry < 0 ? 0 : offsets.position(entry), size);
            while (cursor.next()) {
                nextOffset = cursor.lastOffset() + 1;
                if (cursor.position() >= indexed) {
                    walked.add((int) (cursor.lastOffset() - baseOffset), cursor.position());
                }
                if (cursor.maxTimestamp() > newest.timestamp()) {
                    newest = new MaxTimestamp(cursor.maxTimestamp(), cursor.lastOffset());
                }
            }
            return new SegmentEnd(nextOffset, cursor.position() == size, newest, walked);
        } finally {
            open.release();
        }
    }
}
