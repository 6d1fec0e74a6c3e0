package io.barnabas.log;

import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Batches as a producer would send them. */
public final class TestBatches {
    private TestBatches() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One record a value, all with the same timestamp. */
    public static ByteBuf batch(long timestamp, String... values) {
        RecordBatchBuilder builder = builder();
        for (String value : values) {
            builder.append(timestamp, bytes("k"), bytes(value));
        }
        return heap(builder.build());
    }

    public static ByteBuf ofSize(long timestamp, int valueBytes) {
        return heap(builder().append(timestamp, null, new byte[valueBytes]).build());
    }

    public static ByteBuf idempotent(long producerId, int epoch, int sequence, int records, long timestamp) {
        RecordBatchBuilder builder = builder().producer(producerId, (short) epoch, sequence);
        for (int i = 0; i < records; i++) {
            builder.append(timestamp, null, bytes("v" + i));
        }
        return heap(builder.build());
    }

    public static ByteBuf transactional(long producerId, int epoch, int sequence, long timestamp) {
        return heap(builder()
                .producer(producerId, (short) epoch, sequence)
                .transactional()
                .append(timestamp, null, bytes("t"))
                .build());
    }

    /** A copy that needs no release. */
    public static ByteBuf heap(ByteBuf built) {
        ByteBuf copy =
                Unpooled.buffer(built.readableBytes()).writeBytes(built, built.readerIndex(), built.readableBytes());
        built.release();
        return copy;
    }

    public static RecordBatchBuilder builder() {
        return new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, Compression.NONE, 0);
    }

    /** As it comes from a leader. */
    public static ByteBuf stamped(ByteBuf batch, long baseOffset, int leaderEpoch) {
        BatchHeader.stamp(batch, batch.readerIndex(), baseOffset, leaderEpoch);
        return batch;
    }
}
