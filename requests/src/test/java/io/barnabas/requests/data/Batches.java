package io.barnabas.requests.data;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Batches as a producer would send them; heap copies, so that tests need not release them. */
final class Batches {
    static final long TIMESTAMP = 1_700_000_000_000L;

    private Batches() {}

    static RecordsRef of(String... values) {
        return filled(new RecordBatchBuilder(ByteBufAllocator.DEFAULT), values);
    }

    static RecordsRef compressed(Compression codec, String... values) {
        return filled(new RecordBatchBuilder(ByteBufAllocator.DEFAULT, codec, codec.defaultLevel()), values);
    }

    static RecordsRef idempotent(long producerId, int epoch, int sequence, String... values) {
        return filled(
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT).producer(producerId, (short) epoch, sequence), values);
    }

    static RecordsRef transactional(long producerId, String... values) {
        return transactional(producerId, 0, values);
    }

    static RecordsRef transactional(long producerId, int sequence, String... values) {
        return filled(
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT)
                        .producer(producerId, (short) 0, sequence)
                        .transactional(),
                values);
    }

    /** Records with these timestamps. */
    static RecordsRef at(long... timestamps) {
        RecordBatchBuilder builder = new RecordBatchBuilder(ByteBufAllocator.DEFAULT);
        for (long timestamp : timestamps) {
            builder.append(timestamp, null, bytes("at " + timestamp), List.of());
        }
        return onHeap(builder.build());
    }

    /** A batch of exactly so many bytes. */
    static RecordsRef ofBytes(int bytes) {
        for (int length = bytes - 80; ; length++) {
            RecordsRef batch = of("x".repeat(length));
            if (batch.sizeInBytes() == bytes) {
                return batch;
            }
        }
    }

    private static RecordsRef filled(RecordBatchBuilder builder, String... values) {
        for (String value : values) {
            builder.append(TIMESTAMP, null, bytes(value), List.of());
        }
        return onHeap(builder.build());
    }

    static RecordsRef onHeap(ByteBuf built) {
        ByteBuf copy = Unpooled.copiedBuffer(built);
        built.release();
        return new RecordsRef.Buffer(copy);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
