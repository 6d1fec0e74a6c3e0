package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The records of batches of any format, in their order, control records included. It neither moves nor owns the
 * buffer, which must stay unchanged meanwhile. Throws {@link UnreadableRecordsException} when the bytes are damaged.
 * Confined to one thread; the owner closes it.
 */
public final class RecordIterator implements AutoCloseable {
    private final ByteBuf batches;
    private final int maxExpandedBytes;
    private final ByteBufAllocator allocator;
    private final RecordView record = new RecordView();
    private int nextBatchAt;
    private int batchAt = -1;
    private BatchRecords current;

    /** @param maxExpandedBytes what one compressed batch may expand to */
    public RecordIterator(ByteBuf batches, int maxExpandedBytes, ByteBufAllocator allocator) {
        this.batches = batches;
        this.maxExpandedBytes = maxExpandedBytes;
        this.allocator = allocator;
        this.nextBatchAt = batches.readerIndex();
    }

    /** The next record, always the same object; null when there is none. */
    public RecordView next() {
        while (current == null || !current.next(record)) {
            if (!nextBatch()) {
                return null;
            }
        }
        return record;
    }

    /** Where the batch of the last record begins, for {@link BatchHeader}; the format may be an older one. */
    public int batchAt() {
        return batchAt;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private boolean nextBatch() {
        close();
        int size = BatchHeader.wholeBatchSize(batches, nextBatchAt, batches.writerIndex());
        if (size < 0) {
            return false;
        }
        batchAt = nextBatchAt;
        nextBatchAt += size;
        current = BatchHeader.magic(batches, batchAt) == BatchHeader.MAGIC_V2
                ? new DefaultBatchRecords(batches, batchAt, size, maxExpandedBytes, allocator, record)
                : new LegacyBatchRecords(batches, batchAt, size, maxExpandedBytes, allocator, record);
        return true;
    }
}
