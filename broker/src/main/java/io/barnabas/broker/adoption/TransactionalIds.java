package io.barnabas.broker.adoption;

import io.barnabas.broker.RecordBytes;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.ReadOutcome;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;

/**
 * What the records of {@code __transaction_state} say about producer ids: those of transactional producers stay in use
 * long after partitions have forgotten them. Waits for the disk.
 */
final class TransactionalIds {
    private static final int CHUNK_BYTES = 1 << 20;

    /** In every version of a value: {@code version:2 producerId:8 ...}. */
    private static final int PRODUCER_ID_AT = 2;

    private final PartitionLog log;
    private long lastProducerId = -1;
    private long nextOffset;

    private TransactionalIds(PartitionLog log) {
        this.log = log;
        this.nextOffset = log.logStartOffset();
    }

    /** The highest in a partition, or -1. */
    static long lastProducerId(PartitionLog log) throws IOException {
        TransactionalIds ids = new TransactionalIds(log);
        long end = log.logEndOffset();
        while (ids.nextOffset < end) {
            long before = ids.nextOffset;
            ids.read(end);
            if (ids.nextOffset == before) {
                break;
            }
        }
        return ids.lastProducerId;
    }

    private void read(long end) throws IOException {
        ReadOutcome outcome = log.readFromDisk(nextOffset, CHUNK_BYTES, true, end);
        RecordsRef records = outcome.fold(ReadOutcome.Slice::records, () -> null, outOfRange -> null, bad -> null);
        if (records == null) {
            throw new IOException(log + " cannot be read at offset " + nextOffset);
        }
        ByteBuf bytes = RecordBytes.copy(records, UnpooledByteBufAllocator.DEFAULT)
                .orElseThrow(() -> new IOException(log + " cannot be read at offset " + nextOffset));
        try {
            Records.forEach(RecordBytes.cutToWholeBatches(bytes), this::look);
        } finally {
            bytes.release();
        }
    }

    private void look(RecordView record) {
        nextOffset = Math.max(nextOffset, record.offset() + 1);
        if (!record.isControl() && record.valueSize() >= PRODUCER_ID_AT + Long.BYTES) {
            lastProducerId = Math.max(lastProducerId, record.value().getLong(PRODUCER_ID_AT));
        }
    }
}
