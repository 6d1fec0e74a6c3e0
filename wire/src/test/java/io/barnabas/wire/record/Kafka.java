package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Kafka's own classes as the judge of ours. */
final class Kafka {
    private Kafka() {}

    /** What its builder is told besides the records. */
    record Batch(
            int magic,
            Compression codec,
            boolean appendTime,
            long baseOffset,
            long producerId,
            short producerEpoch,
            int baseSequence,
            boolean transactional) {
        static Batch of(int magic, Compression codec) {
            return new Batch(magic, codec, false, 0, -1, (short) -1, -1, false);
        }

        Batch at(long offset) {
            return new Batch(magic, codec, appendTime, offset, producerId, producerEpoch, baseSequence, transactional);
        }

        Batch withProducer(long id, short epoch, int sequence, boolean inTransaction) {
            return new Batch(magic, codec, appendTime, baseOffset, id, epoch, sequence, inTransaction);
        }

        Batch withAppendTime() {
            return new Batch(magic, codec, true, baseOffset, producerId, producerEpoch, baseSequence, transactional);
        }
    }

    static final long APPEND_TIME = 1_700_000_123_456L;

    static org.apache.kafka.common.compress.Compression compression(Compression codec) {
        return org.apache.kafka.common.compress.Compression.of(CompressionType.forId(codec.id()))
                .build();
    }

    /** In a direct buffer, as the network has them; offsets follow each other. */
    static ByteBuf build(Batch batch, List<SomeRecord> records) {
        List<SomeRecord> numbered = new ArrayList<>();
        for (SomeRecord record : records) {
            numbered.add(record.at(batch.baseOffset + numbered.size(), record.timestamp()));
        }
        return buildAt(batch, numbered);
    }

    /** Each record with its own offset. */
    static ByteBuf buildAt(Batch batch, List<SomeRecord> records) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(1024),
                (byte) batch.magic,
                compression(batch.codec),
                batch.magic == 0
                        ? TimestampType.NO_TIMESTAMP_TYPE
                        : batch.appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                batch.baseOffset,
                APPEND_TIME,
                batch.producerId,
                batch.producerEpoch,
                batch.baseSequence,
                batch.transactional,
                RecordBatch.NO_PARTITION_LEADER_EPOCH);
        for (SomeRecord record : records) {
            builder.appendWithOffset(
                    record.offset(),
                    record.timestamp(),
                    record.key() == null ? null : ByteBuffer.wrap(record.key()),
                    record.value() == null ? null : ByteBuffer.wrap(record.value()),
                    headers(record));
        }
        return direct(builder.build().buffer());
    }

    static ByteBuf direct(ByteBuffer bytes) {
        return Unpooled.directBuffer(bytes.remaining()).writeBytes(bytes.duplicate());
    }

    /** Appends the one buffer to the other and releases it. */
    static void move(ByteBuf from, ByteBuf to) {
        to.writeBytes(from);
        from.release();
    }

    static MemoryRecords records(ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.getBytes(bytes.readerIndex(), copy);
        return MemoryRecords.readableRecords(ByteBuffer.wrap(copy));
    }

    static MutableRecordBatch onlyBatch(ByteBuf bytes) {
        var batches = records(bytes).batches().iterator();
        MutableRecordBatch first = batches.next();
        if (batches.hasNext()) {
            throw new AssertionError("more than one batch");
        }
        return first;
    }

    /** All records of all batches, whose checksums are right, as Kafka reads them. */
    static List<SomeRecord> read(ByteBuf bytes) {
        List<SomeRecord> records = new ArrayList<>();
        for (RecordBatch batch : records(bytes).batches()) {
            batch.ensureValid();
            for (Record record : batch) {
                record.ensureValid();
                records.add(new SomeRecord(
                        record.offset(),
                        record.timestamp(),
                        SomeRecord.bytes(record.key()),
                        SomeRecord.bytes(record.value()),
                        headers(record.headers())));
            }
        }
        return records;
    }

    private static Header[] headers(SomeRecord record) {
        return record.headers().stream()
                .map(header -> new RecordHeader(header.key(), header.value()))
                .toArray(Header[]::new);
    }

    private static List<io.barnabas.wire.record.RecordHeader> headers(Header[] headers) {
        List<io.barnabas.wire.record.RecordHeader> all = new ArrayList<>();
        for (Header header : headers) {
            all.add(new io.barnabas.wire.record.RecordHeader(header.key(), header.value()));
        }
        return all;
    }
}
