package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes of a stored batch one that holds only some of its records. What a batch of format 2 says about itself stays:
 * offsets, producer, sequences, leader epoch, codec; so do the offsets and times of its records. Only the time from
 * which they count is another: the first record's, or the delete horizon. Confined to one thread.
 */
public final class BatchRewriter {
    private final ByteBufAllocator allocator;

    public BatchRewriter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Appends the whole batch at the index, of any format, with the records that stay, of which there is at least one.
     *
     * @param deleteHorizonMs negative for none; older formats know none
     * @param target lies outside of the heap in one part
     */
    public void rewrite(
            ByteBuf batches, int at, int size, BatchSelection selection, long deleteHorizonMs, ByteBuf target) {
        if (BatchHeader.magic(batches, at) < BatchHeader.MAGIC_V2) {
            rewriteLegacy(batches, at, size, selection, target);
        } else {
            rewriteDefault(batches, at, size, selection, deleteHorizonMs, target);
        }
    }

    /** Appends the header alone of the batch of format 2 at the index: its producer's sequences and its offsets live on. */
    public static void writeEmpty(ByteBuf batches, int at, ByteBuf target) {
        int start = target.writerIndex();
        BatchHeaderFields header = headerOf(batches, at);
        header.attributes &= ~(BatchHeader.DELETE_HORIZON | BatchHeader.CODEC_MASK);
        header.baseTimestamp = BatchHeader.NO_TIMESTAMP;
        target.writeZero(BatchHeader.HEADER_BYTES);
        BatchHeader.write(target, start, BatchHeader.HEADER_BYTES, header);
    }

    private void rewriteDefault(
            ByteBuf batches, int at, int size, BatchSelection selection, long deleteHorizonMs, ByteBuf target) {
        int start = target.writerIndex();
        BatchHeaderFields header = headerOf(batches, at);
        header.attributes &= ~BatchHeader.DELETE_HORIZON;
        if (deleteHorizonMs >= 0) {
            header.attributes |= BatchHeader.DELETE_HORIZON;
            header.baseTimestamp = deleteHorizonMs;
        }
        Compression codec = Compression.of(header.attributes & BatchHeader.CODEC_MASK);
        target.writeZero(BatchHeader.HEADER_BYTES);
        if (codec == Compression.NONE) {
            writeKept(batches, at, size, selection, header, target);
        } else {
            ByteBuf plain = allocator.directBuffer();
            try {
                writeKept(batches, at, size, selection, header, plain);
                codec.compress(plain, target, codec.defaultLevel());
            } finally {
                plain.release();
            }
        }
        BatchHeader.write(target, start, target.writerIndex() - start, header);
    }

    /** Fills in what follows from the records that stay. */
    private void writeKept(
            ByteBuf batches, int at, int size, BatchSelection selection, BatchHeaderFields header, ByteBuf out) {
        boolean hasHorizon = (header.attributes & BatchHeader.DELETE_HORIZON) != 0;
        boolean hasAppendTime = (header.attributes & BatchHeader.LOG_APPEND_TIME) != 0;
        long youngest = BatchHeader.NO_TIMESTAMP;
        int index = 0;
        try (RecordIterator records = new RecordIterator(batches.slice(at, size), Records.NO_BOUND, allocator)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (!selection.keeps(index++)) {
                    continue;
                }
                if (header.recordCount++ == 0 && !hasHorizon) {
                    header.baseTimestamp = record.timestamp;
                }
                youngest = Math.max(youngest, record.timestamp);
                write(record, record.timestamp - header.baseTimestamp, out);
            }
        }
        if (!hasAppendTime) {
            header.maxTimestamp = youngest;
        }
    }

    private static void write(RecordView record, long timestampDelta, ByteBuf out) {
        int tail = record.end - record.tailAt;
        Varints.write(out, 1 + Varints.sizeOf(timestampDelta) + Varints.sizeOf(record.offsetDelta) + tail);
        out.writeByte(0);
        Varints.write(out, timestampDelta);
        Varints.write(out, record.offsetDelta);
        out.writeBytes(record.bytes.slice(record.tailAt, tail));
    }

    /** All that stays; no records yet. */
    private static BatchHeaderFields headerOf(ByteBuf batches, int at) {
        BatchHeaderFields header = new BatchHeaderFields();
        header.baseOffset = BatchHeader.baseOffset(batches, at);
        header.leaderEpoch = BatchHeader.leaderEpoch(batches, at);
        header.attributes = BatchHeader.attributes(batches, at) & BatchHeader.KNOWN_ATTRIBUTES;
        header.lastOffsetDelta = BatchHeader.lastOffsetDelta(batches, at);
        header.maxTimestamp = BatchHeader.maxTimestamp(batches, at);
        header.producerId = BatchHeader.producerId(batches, at);
        header.producerEpoch = BatchHeader.producerEpoch(batches, at);
        header.baseSequence = BatchHeader.baseSequence(batches, at);
        return header;
    }

    private void rewriteLegacy(ByteBuf batches, int at, int size, BatchSelection selection, ByteBuf target) {
        int attributes = LegacyMessages.attributes(batches, at);
        Compression codec = Compression.of(attributes & BatchHeader.CODEC_MASK);
        boolean hasAppendTime = (attributes & BatchHeader.LOG_APPEND_TIME) != 0;
        int index = 0;
        try (RecordIterator records = new RecordIterator(batches.slice(at, size), Records.NO_BOUND, allocator);
                LegacyMessageWriter messages = new LegacyMessageWriter(
                        target, BatchHeader.magic(batches, at), codec, hasAppendTime, allocator)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (selection.keeps(index++)) {
                    messages.append(record.offset, record.timestamp, record.key(), record.value());
                }
            }
            messages.finish();
        }
    }
}
