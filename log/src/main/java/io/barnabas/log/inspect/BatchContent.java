package io.barnabas.log.inspect;

import io.barnabas.log.segment.Batches;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.barnabas.wire.record.UnreadableRecordsException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * What lies in one whole batch of any format.
 *
 * @param records how many there are
 * @param damage what is wrong with them, null when nothing is
 */
record BatchContent(int records, String damage) {

    static BatchContent of(ByteBuf batch) {
        boolean format2 = Batches.isFormat2(batch, 0);
        long lowest = format2 ? BatchHeader.baseOffset(batch, 0) : Long.MIN_VALUE;
        long highest = format2 ? BatchHeader.lastOffset(batch, 0) : BatchHeader.baseOffset(batch, 0);
        int count = 0;
        String damage = null;
        long previous = Long.MIN_VALUE;
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, UnpooledByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                count++;
                if (damage == null && (record.offset() < lowest || record.offset() > highest)) {
                    damage = "a record has offset " + record.offset() + ", which the batch does not have";
                } else if (damage == null && record.offset() <= previous) {
                    damage = "a record with offset " + record.offset() + " comes after one with " + previous;
                }
                previous = record.offset();
            }
        } catch (UnreadableRecordsException unreadable) {
            return new BatchContent(count, "the records cannot be read: " + unreadable.getMessage());
        }
        if (damage == null && format2 && count != BatchHeader.recordCount(batch, 0)) {
            damage = "says it has " + BatchHeader.recordCount(batch, 0) + " records, and has " + count;
        }
        return new BatchContent(count, damage);
    }

    /** How many have this offset or a later one; none where they cannot be read. */
    static int recordsFrom(ByteBuf batch, long offset) {
        int count = 0;
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, UnpooledByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                count += record.offset() >= offset ? 1 : 0;
            }
        } catch (UnreadableRecordsException unreadable) {
            return count;
        }
        return count;
    }
}
