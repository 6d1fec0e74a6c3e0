package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The messages of one entry of format 0 or 1. */
final class LegacyBatchRecords implements BatchRecords {
    private final LegacyMessages messages;

    LegacyBatchRecords(
            ByteBuf batches, int at, int size, int maxExpandedBytes, ByteBufAllocator allocator, RecordView into) {
        messages = new LegacyMessages(batches, at, size, maxExpandedBytes, allocator);
        into.producerId = BatchHeader.NO_PRODUCER_ID;
        into.producerEpoch = -1;
        into.transactional = false;
        into.control = false;
    }

    @Override
    public boolean next(RecordView into) {
        return messages.next(into);
    }

    @Override
    public void close() {
        messages.close();
    }
}
