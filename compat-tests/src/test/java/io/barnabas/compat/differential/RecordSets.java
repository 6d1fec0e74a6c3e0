package io.barnabas.compat.differential;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;

/** Records for Produce requests: good ones of every format, and damaged ones. Fixed times, so that answers can be compared. */
final class RecordSets {
    /** A little before the tests run, in whole seconds, the same for both brokers. */
    static final long TIME = System.currentTimeMillis() / 1000 * 1000 - 60_000;

    private static final int CRC_AT = 17;
    private static final int CRC_FROM = 21;

    private RecordSets() {}

    /** A batch of the newest format, a second between its records; without values there is one record "v". */
    static ByteBuf batch(String... values) {
        return batch(-1, (short) -1, -1, values);
    }

    static ByteBuf batch(long producerId, short epoch, int sequence, String... values) {
        return batch(false, producerId, epoch, sequence, values);
    }

    /** As {@link #batch}, part of a transaction. */
    static ByteBuf transactional(long producerId, short epoch, int sequence, String... values) {
        return batch(true, producerId, epoch, sequence, values);
    }

    private static ByteBuf batch(boolean transactional, long producerId, short epoch, int sequence, String... values) {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)) {
            if (producerId >= 0) {
                builder.producer(producerId, epoch, sequence);
            }
            if (transactional) {
                builder.transactional();
            }
            int index = 0;
            for (String value : values.length == 0 ? new String[] {"v"} : values) {
                builder.append(TIME + 1000L * index, bytes("k" + index), bytes(value));
                index++;
            }
            return onHeap(builder.build());
        }
    }

    /** One record with a time of its own. */
    static ByteBuf at(long timestamp) {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)) {
            return onHeap(builder.append(timestamp, bytes("k"), bytes("v")).build());
        }
    }

    /** One record without a key. */
    static ByteBuf keyless() {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)) {
            return onHeap(builder.append(TIME, (byte[]) null, bytes("v")).build());
        }
    }

    /** As Kafka's own client writes them, in any format and with any codec. */
    static ByteBuf ofKafka(byte magic, Compression compression, String... values) {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(ByteBuffer.allocate(4096), magic, compression, TimestampType.CREATE_TIME, 0L);
        for (int i = 0; i < values.length; i++) {
            builder.append(magic == 0 ? -1 : TIME + 1000L * i, bytes("k" + i), bytes(values[i]));
        }
        return Unpooled.wrappedBuffer(builder.build().buffer());
    }

    /** One byte of a batch changed, and the checksum made to fit. */
    static ByteBuf changed(int at, int value, ByteBuf batch) {
        batch.setByte(at, value);
        return sealed(batch);
    }

    /** A field of four bytes changed, and the checksum made to fit. */
    static ByteBuf changedInt(int at, int value, ByteBuf batch) {
        batch.setInt(at, value);
        return sealed(batch);
    }

    /** A field of eight bytes changed, and the checksum made to fit. */
    static ByteBuf changedLong(int at, long value, ByteBuf batch) {
        batch.setLong(at, value);
        return sealed(batch);
    }

    /** Several batches one after the other. */
    static ByteBuf several(ByteBuf... batches) {
        return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(batches)));
    }

    static RecordsRef ref(ByteBuf records) {
        return new RecordsRef.Buffer(Unpooled.copiedBuffer(records));
    }

    /** Nobody has to release it. */
    private static ByteBuf onHeap(ByteBuf batch) {
        try {
            return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(batch));
        } finally {
            batch.release();
        }
    }

    private static ByteBuf sealed(ByteBuf batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.nioBuffer(batch.readerIndex() + CRC_FROM, batch.readableBytes() - CRC_FROM));
        batch.setInt(batch.readerIndex() + CRC_AT, (int) crc.getValue());
        return batch;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
