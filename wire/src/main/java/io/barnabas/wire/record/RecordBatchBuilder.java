package io.barnabas.wire.record;

import io.barnabas.runtime.Invariants;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds one batch of format 2: set what the header says, append records, {@link #build()} once. Records get the
 * offsets from the base offset on without gaps; the first one's timestamp is the base of the others. One owner, who
 * builds or closes; closing after building does nothing.
 */
public final class RecordBatchBuilder implements AutoCloseable {
    private final ByteBufAllocator allocator;
    private final Compression codec;
    private final int level;
    private final BatchHeaderFields header = new BatchHeaderFields();
    private boolean hasAppendTime;

    /** The records; before them room for the header, unless they are compressed into another buffer in the end. */
    private ByteBuf records;

    public RecordBatchBuilder(ByteBufAllocator allocator, Compression codec, int level) {
        this.allocator = allocator;
        this.codec = codec;
        this.level = level;
        this.records = allocator.directBuffer();
        if (codec == Compression.NONE) {
            records.writeZero(BatchHeader.HEADER_BYTES);
        }
        header.attributes = codec.id();
    }

    /** A builder of an uncompressed batch. */
    public RecordBatchBuilder(ByteBufAllocator allocator) {
        this(allocator, Compression.NONE, Compression.NONE.defaultLevel());
    }

    public RecordBatchBuilder baseOffset(long baseOffset) {
        header.baseOffset = baseOffset;
        return this;
    }

    public RecordBatchBuilder leaderEpoch(int leaderEpoch) {
        header.leaderEpoch = leaderEpoch;
        return this;
    }

    /** Control batches have a producer but no sequence, {@link BatchHeader#NO_SEQUENCE}. */
    public RecordBatchBuilder producer(long producerId, short producerEpoch, int baseSequence) {
        header.producerId = producerId;
        header.producerEpoch = producerEpoch;
        header.baseSequence = baseSequence;
        return this;
    }

    public RecordBatchBuilder transactional() {
        header.attributes |= BatchHeader.TRANSACTIONAL;
        return this;
    }

    public RecordBatchBuilder control() {
        header.attributes |= BatchHeader.CONTROL;
        return this;
    }

    /** All records get this time, whatever their own. */
    public RecordBatchBuilder appendTime(long nowMs) {
        header.attributes |= BatchHeader.LOG_APPEND_TIME;
        header.maxTimestamp = nowMs;
        hasAppendTime = true;
        return this;
    }

    public RecordBatchBuilder append(long timestamp, byte[] key, byte[] value) {
        return append(timestamp, key, value, List.of());
    }

    /** Key and value may be null. */
    public RecordBatchBuilder append(long timestamp, byte[] key, byte[] value, List<RecordHeader> headers) {
        return append(
                timestamp,
                key == null ? null : ByteBuffer.wrap(key),
                value == null ? null : ByteBuffer.wrap(value),
                headers);
    }

    /** Key and value may be null; their position and limit stay. */
    public RecordBatchBuilder append(long timestamp, ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {
        int tail = sizeOf(key) + sizeOf(value) + Varints.sizeOf(headers.size());
        for (RecordHeader one : headers) {
            int keySize = ByteBufUtil.utf8Bytes(one.key());
            tail += Varints.sizeOf(keySize) + keySize + sizeOf(one.value());
        }
        begin(timestamp, tail);
        write(key);
        write(value);
        Varints.write(records, headers.size());
        for (RecordHeader one : headers) {
            write(ByteBuffer.wrap(one.key().getBytes(StandardCharsets.UTF_8)));
            write(one.value() == null ? null : ByteBuffer.wrap(one.value()));
        }
        return this;
    }

    /** A record as it lies somewhere else; only its offset is new. */
    RecordBatchBuilder append(RecordView record) {
        if (record.tailAt < 0) {
            return append(record.timestamp, record.key(), record.value(), List.of());
        }
        begin(record.timestamp, record.end - record.tailAt);
        records.writeBytes(record.bytes.slice(record.tailAt, record.end - record.tailAt));
        return this;
    }

    public int recordCount() {
        return header.recordCount;
    }

    /** The size of the batch with the records so far, uncompressed. */
    public int sizeInBytes() {
        return records.readableBytes() + (codec == Compression.NONE ? 0 : BatchHeader.HEADER_BYTES);
    }

    /** The finished batch, which the caller releases; there is at least one record. Not to be called twice. */
    public ByteBuf build() {
        Invariants.check(header.recordCount > 0, "a batch has records");
        header.lastOffsetDelta = header.recordCount - 1;
        ByteBuf batch = codec == Compression.NONE ? records.retain() : compressed();
        try {
            BatchHeader.write(batch, 0, batch.readableBytes(), header);
            return batch.retain();
        } finally {
            batch.release();
            close();
        }
    }

    /** Drops what was appended. */
    @Override
    public void close() {
        if (records != null) {
            records.release();
            records = null;
        }
    }

    private ByteBuf compressed() {
        ByteBuf batch = allocator.directBuffer(BatchHeader.HEADER_BYTES + records.readableBytes() / 2);
        batch.writeZero(BatchHeader.HEADER_BYTES);
        try {
            codec.compress(records, batch, level);
            return batch.retain();
        } finally {
            batch.release();
        }
    }

    /** Writes the parts of a record before its key. */
    private void begin(long timestamp, int tailBytes) {
        if (header.recordCount == 0) {
            header.baseTimestamp = timestamp;
        }
        if (!hasAppendTime) {
            header.maxTimestamp = Math.max(header.maxTimestamp, timestamp);
        }
        long timestampDelta = timestamp - header.baseTimestamp;
        int offsetDelta = header.recordCount++;
        int size = 1 + Varints.sizeOf(timestampDelta) + Varints.sizeOf(offsetDelta) + tailBytes;
        Varints.write(records, size);
        records.writeByte(0);
        Varints.write(records, timestampDelta);
        Varints.write(records, offsetDelta);
    }

    private void write(ByteBuffer bytes) {
        if (bytes == null) {
            Varints.write(records, -1);
        } else {
            Varints.write(records, bytes.remaining());
            records.writeBytes(bytes.duplicate());
        }
    }

    private static int sizeOf(ByteBuffer bytes) {
        return bytes == null ? 1 : Varints.sizeOf(bytes.remaining()) + bytes.remaining();
    }

    private static int sizeOf(byte[] bytes) {
        return bytes == null ? 1 : Varints.sizeOf(bytes.length) + bytes.length;
    }
}
