package io.barnabas.log.segment;

import io.barnabas.wire.record.BatchHeader;
import java.io.IOException;

/**
 * How old the records of one segment are. Of a segment that was opened as it stands nothing is known until somebody
 * asks. Changes under the partition's lock; any thread asks.
 */
final class SegmentTimes {
    private final long baseOffset;
    private final SegmentFile file;
    private final SegmentIndexes indexes;

    private long first;
    private volatile boolean firstIsKnown;

    /** Null while it is unknown. */
    private volatile MaxTimestamp max;

    SegmentTimes(long baseOffset, SegmentFile file, SegmentIndexes indexes) {
        this.baseOffset = baseOffset;
        this.file = file;
        this.indexes = indexes;
    }

    /** Of the first batch, negative when it has none. */
    long first(int size) throws IOException {
        if (!firstIsKnown && size > 0) {
            OpenFile open = file.acquire();
            try {
                BatchCursor cursor = ScanBuffers.cursor().start(open.channel(), 0, size);
                firstIs(cursor.next() ? cursor.maxTimestamp() : BatchHeader.NO_TIMESTAMP);
            } finally {
                open.release();
            }
        }
        return first;
    }

    void firstIs(long timestamp) {
        first = timestamp;
        firstIsKnown = true;
    }

    /** The file was cut; perhaps to nothing. */
    void forgetFirst() {
        firstIsKnown = false;
    }

    /** Of all records, and the last offset of the batch that carries it; {@link MaxTimestamp#NONE} when none has one. */
    MaxTimestamp max() throws IOException {
        MaxTimestamp known = max;
        if (known == null) {
            known = lastOf(indexes.times());
            max = known;
        }
        return known;
    }

    /** Of a segment where it is known, such as the active one. */
    MaxTimestamp knownMax() {
        return max;
    }

    void maxIs(MaxTimestamp newest) {
        max = newest;
    }

    void appended(MaxTimestamp newest) {
        if (newest.timestamp() > max.timestamp()) {
            max = newest;
        }
    }

    MaxTimestamp lastOf(TimeEntries entries) {
        int last = entries.count() - 1;
        return last < 0
                ? MaxTimestamp.NONE
                : new MaxTimestamp(entries.timestamp(last), baseOffset + entries.relativeOffset(last));
    }
}
