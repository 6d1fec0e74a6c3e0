package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/** The control record that ends a producer's transaction in a partition. */
public record EndTxnMarker(boolean committed, int coordinatorEpoch) {
    private static final short VALUE_VERSION = 0;
    private static final int VALUE_BYTES = 6;

    /** Reads a record whose {@link ControlRecord#typeOf type} is ABORT or COMMIT. */
    public static EndTxnMarker read(RecordView record) {
        if (record.valueSize() < VALUE_BYTES) {
            throw UnreadableRecordsException.malformed("a transaction marker of " + record.valueSize() + " bytes");
        }
        return new EndTxnMarker(
                ControlRecord.typeOf(record) == ControlRecord.Type.COMMIT,
                record.value().getInt(Short.BYTES));
    }

    /** A batch with just this marker, at base offset 0, which the caller releases. */
    public ByteBuf build(long producerId, short producerEpoch, long nowMs, ByteBufAllocator allocator) {
        byte[] key = ByteBuffer.allocate(ControlRecord.KEY_BYTES)
                .putShort(ControlRecord.VERSION)
                .putShort((short) (committed ? 1 : 0))
                .array();
        byte[] value = ByteBuffer.allocate(VALUE_BYTES)
                .putShort(VALUE_VERSION)
                .putInt(coordinatorEpoch)
                .array();
        return new RecordBatchBuilder(allocator)
                .producer(producerId, producerEpoch, BatchHeader.NO_SEQUENCE)
                .transactional()
                .control()
                .append(nowMs, key, value)
                .build();
    }
}
