package io.barnabas.log.segment;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all batches of a segment, checks each, and makes the indexes that they should have. Confined to the thread
 * that scans.
 */
public final class SegmentScan {
    public static final int CHUNK_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(SegmentScan.class);

    /** Sees every good batch, in order. */
    @FunctionalInterface
    public interface BatchVisitor {
        BatchVisitor NONE = (bytes, at) -> {};

        void batch(ByteBuf bytes, int at);
    }

    private final LogSegment segment;
    private final BatchVisitor visitor;
    private final OffsetEntries offsets = new OffsetEntries();
    private final TimeEntries times = new TimeEntries();
    private final List<Integer> damagedPositions = new ArrayList<>();
    private MaxTimestamp newest = MaxTimestamp.NONE;
    private long nextOffset;
    private int lastEntryPosition;

    private SegmentScan(LogSegment segment, BatchVisitor visitor) {
        this.segment = segment;
        this.visitor = visitor;
        this.nextOffset = segment.baseOffset();
    }

    /**
     * What a scan found.
     *
     * @param validBytes where the first damaged byte is, or the end
     * @param nextOffset the offset after the last good batch
     */
    public record Result(
            int validBytes,
            long nextOffset,
            OffsetEntries offsets,
            TimeEntries times,
            MaxTimestamp newest,
            List<Integer> damagedPositions) {}

    /** Stops at the first batch that is not whole: what follows a torn write is worth nothing. */
    public static Result upToDamage(LogSegment segment, BatchVisitor visitor) throws IOException {
        return new SegmentScan(segment, visitor).run(false);
    }

    /** Steps over damaged batches: the records behind them were acknowledged and flushed. */
    public static Result pastDamage(LogSegment segment, BatchVisitor visitor) throws IOException {
        return new SegmentScan(segment, visitor).run(true);
    }

    /** Makes the index files of a closed segment anew, with one line that says why. */
    static void rebuildIndexes(LogSegment segment, String why) throws IOException {
        LOG.warn("Rebuilding the indexes of {}: {}", segment, why);
        Result found = pastDamage(segment, BatchVisitor.NONE);
        report(segment, found);
        segment.rebuilt(found);
    }

    /** One line for each damaged batch. */
    static void report(LogSegment segment, Result found) {
        for (int position : found.damagedPositions) {
            LOG.error("Damaged batch in {} at position {}; it stays, as do the records behind it", segment, position);
        }
    }

    private Result run(boolean stepOver) throws IOException {
        OpenFile open = segment.acquire();
        try {
            int size = segment.sizeInBytes();
            BatchCursor cursor = new BatchCursor(Math.min(CHUNK_BYTES, size)).start(open.channel(), 0, size);
            while (cursor.next()) {
                if (cursor.loadWhole() && isGood(cursor)) {
                    add(cursor);
                } else {
                    damagedPositions.add(cursor.position());
                    if (!stepOver) {
                        return result(cursor.position());
                    }
                }
            }
            if (cursor.position() < size) {
                damagedPositions.add(cursor.position());
            }
            return result(cursor.position());
        } finally {
            open.release();
        }
    }

    private boolean isGood(BatchCursor cursor) {
        long last = cursor.lastOffset();
        return last >= nextOffset
                && last - segment.baseOffset() <= Integer.MAX_VALUE
                && (!Batches.isFormat2(cursor.bytes(), cursor.at()) || cursor.baseOffset() >= nextOffset)
                && Batches.isWhole(cursor.bytes(), cursor.at());
    }

    private void add(BatchCursor cursor) {
        long last = cursor.lastOffset();
        int position = cursor.position();
        if (cursor.maxTimestamp() > newest.timestamp()) {
            newest = new MaxTimestamp(cursor.maxTimestamp(), last);
        }
        if (position - lastEntryPosition > segment.indexIntervalBytes()) {
            offsets.add((int) (last - segment.baseOffset()), position);
            addTimeEntry();
            lastEntryPosition = position;
        }
        nextOffset = last + 1;
        visitor.batch(cursor.bytes(), cursor.at());
    }

    private void addTimeEntry() {
        times.addIfYounger(
                newest.timestamp(), (int) (Math.max(newest.offset(), segment.baseOffset()) - segment.baseOffset()));
    }

    private Result result(int validBytes) {
        addTimeEntry();
        return new Result(validBytes, nextOffset, offsets, times, newest, damagedPositions);
    }
}
