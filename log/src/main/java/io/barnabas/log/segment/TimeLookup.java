package io.barnabas.log.segment;

import io.barnabas.log.TimestampedOffset;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/**
 * Finds records by their timestamps: by segment, then by time index, then batch by batch, then record by record. Reads
 * from the disk.
 */
public final class TimeLookup {
    private TimeLookup() {}

    /** The first record from {@code startOffset} on that is at least as young as {@code timestamp}; null if none. */
    public static TimestampedOffset firstFrom(SegmentList segments, long startOffset, long timestamp)
            throws IOException {
        for (int i = 0; i < segments.count(); i++) {
            LogSegment segment = segments.get(i);
            if (segment.largestTimestamp() >= timestamp) {
                TimestampedOffset found = search(segment, startOffset, timestamp);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The first of the records that carry the youngest timestamp of all; null when none has one. */
    public static TimestampedOffset youngest(SegmentList segments, long startOffset) throws IOException {
        LogSegment holding = null;
        MaxTimestamp newest = MaxTimestamp.NONE;
        for (int i = 0; i < segments.count(); i++) {
            MaxTimestamp candidate = segments.get(i).maxTimestamp();
            if (candidate.timestamp() > newest.timestamp()) {
                holding = segments.get(i);
                newest = candidate;
            }
        }
        return holding == null ? null : search(holding, startOffset, newest.timestamp());
    }

    private static TimestampedOffset search(LogSegment segment, long startOffset, long timestamp) throws IOException {
        TimeEntries times = segment.timeEntries();
        int entry = times.floor(timestamp);
        // The batch of an entry that is younger by nothing may hold the record itself.
        while (entry >= 0 && times.timestamp(entry) >= timestamp) {
            entry--;
        }
        long from = entry < 0 ? segment.baseOffset() : segment.baseOffset() + times.relativeOffset(entry);
        int position = segment.positionOf(Math.max(from, startOffset));
        OpenFile open = segment.acquire();
        try {
            BatchCursor cursor =
                    new BatchCursor(SegmentScan.CHUNK_BYTES).start(open.channel(), position, segment.sizeInBytes());
            while (cursor.next()) {
                if (cursor.maxTimestamp() >= timestamp && cursor.lastOffset() >= startOffset && cursor.loadWhole()) {
                    TimestampedOffset found = search(cursor, startOffset, timestamp);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        } finally {
            open.release();
        }
    }

    private static TimestampedOffset search(BatchCursor cursor, long startOffset, long timestamp) {
        ByteBuf batch = cursor.bytes().slice(cursor.at(), cursor.sizeInBytes());
        int epoch = Batches.isFormat2(batch, 0) ? BatchHeader.leaderEpoch(batch, 0) : -1;
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (record.timestamp() >= timestamp && record.offset() >= startOffset) {
                    return new TimestampedOffset(record.timestamp(), record.offset(), epoch);
                }
            }
            return null;
        }
    }
}
