package io.barnabas.bench.jmh;

import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Batches of records of 1 KB, which repeat each other and so compress to very little: what a codec costs at least. */
final class Batches {
    private static final int RECORD_BYTES = 1_024;
    private static final String WORDS = "order customer invoice amount 4711 shipped warehouse ";

    private Batches() {}

    static ByteBuf of(int records, Compression codec, long nowMs) {
        try (RecordBatchBuilder builder =
                new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT, codec, codec.defaultLevel())) {
            for (int i = 0; i < records; i++) {
                builder.append(nowMs, null, value(i));
            }
            return builder.build();
        }
    }

    private static byte[] value(int record) {
        StringBuilder text = new StringBuilder();
        for (int i = record; text.length() < RECORD_BYTES; i++) {
            text.append(Integer.toHexString(i * 0x9E3779B9)).append(WORDS);
        }
        return text.substring(0, RECORD_BYTES).getBytes(StandardCharsets.US_ASCII);
    }
}
