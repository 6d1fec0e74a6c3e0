package io.barnabas.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/** A log of years: batches of formats 0, 1 and 2 as Kafka's own classes build them, and what is known of each. */
final class OldBatches {
    /** A record and where it lies; the base offset of format 0 and 1 is that of the first message in a wrapper. */
    record Known(long offset, long timestamp, int magic) {}

    private final RandomGenerator random;
    private final List<Known> records = new ArrayList<>();
    private long nextOffset;
    private long clock = 1_000;

    OldBatches(RandomGenerator random, long firstOffset) {
        this.random = random;
        this.nextOffset = firstOffset;
    }

    List<Known> records() {
        return records;
    }

    long nextOffset() {
        return nextOffset;
    }

    Known first(long fromOffset, long timestamp) {
        return records.stream()
                .filter(record -> record.offset() >= fromOffset && record.timestamp() >= timestamp)
                .findFirst()
                .orElse(null);
    }

    /** One wrapper, several plain messages, or one batch of format 2; any codec of the format. */
    ByteBuf next() {
        int magic = random.nextInt(3);
        CompressionType codec = CompressionType.forId(random.nextInt(magic == 2 ? 5 : 4));
        long appendTime = magic > 0 && random.nextInt(5) == 0 ? clock : RecordBatch.NO_TIMESTAMP;
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(256),
                (byte) magic,
                Compression.of(codec).build(),
                magic == 0
                        ? TimestampType.NO_TIMESTAMP_TYPE
                        : appendTime >= 0 ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                nextOffset,
                appendTime,
                RecordBatch.NO_PRODUCER_ID,
                RecordBatch.NO_PRODUCER_EPOCH,
                RecordBatch.NO_SEQUENCE,
                false,
                0);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            clock += random.nextInt(10);
            long timestamp = magic == 0 ? RecordBatch.NO_TIMESTAMP : appendTime >= 0 ? appendTime : clock;
            builder.append(timestamp, ByteBuffer.wrap(new byte[] {7}), ByteBuffer.wrap(new byte[random.nextInt(60)]));
            records.add(new Known(nextOffset++, timestamp, magic));
        }
        return Unpooled.copiedBuffer(builder.build().buffer());
    }
}
