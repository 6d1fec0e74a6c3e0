package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.BitSet;
import java.util.function.Predicate;

/** Which records of one stored batch stay when the others go. Immutable. */
public final class BatchSelection {
    private final BitSet kept;
    private final int records;
    private final boolean keepsTombstone;

    private BatchSelection(BitSet kept, int records, boolean keepsTombstone) {
        this.kept = kept;
        this.records = records;
        this.keepsTombstone = keepsTombstone;
    }

    /**
     * Asks once for every record of the whole batch at the index, in order. Throws {@link UnreadableRecordsException}
     * when the batch is damaged.
     */
    public static BatchSelection of(
            ByteBuf batches, int at, int size, Predicate<RecordView> keep, ByteBufAllocator allocator) {
        BitSet kept = new BitSet();
        int count = 0;
        boolean tombstone = false;
        try (RecordIterator records = new RecordIterator(batches.slice(at, size), Records.NO_BOUND, allocator)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (keep.test(record)) {
                    kept.set(count);
                    tombstone |= !record.hasValue();
                }
                count++;
            }
        }
        return new BatchSelection(kept, count, tombstone);
    }

    /** How many there are in the batch. */
    public int records() {
        return records;
    }

    public int keptRecords() {
        return kept.cardinality();
    }

    public boolean keepsNone() {
        return kept.isEmpty();
    }

    public boolean keepsAll() {
        return kept.cardinality() == records;
    }

    /** One of those that stay has no value. */
    public boolean keepsTombstone() {
        return keepsTombstone;
    }

    boolean keeps(int index) {
        return kept.get(index);
    }
}
