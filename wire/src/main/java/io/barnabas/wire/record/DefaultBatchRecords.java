package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The records of one batch of format 2. */
final class DefaultBatchRecords implements BatchRecords {
    private final RecordWindow window;
    private final long baseOffset;
    private final long baseTimestamp;
    private final boolean hasAppendTime;
    private final long appendTime;
    private int left;

    DefaultBatchRecords(
            ByteBuf batches, int at, int size, int maxExpandedBytes, ByteBufAllocator allocator, RecordView into) {
        int attributes = BatchHeader.attributes(batches, at);
        left = BatchHeader.recordCount(batches, at);
        baseOffset = BatchHeader.baseOffset(batches, at);
        baseTimestamp = BatchHeader.baseTimestamp(batches, at);
        hasAppendTime = (attributes & BatchHeader.LOG_APPEND_TIME) != 0;
        appendTime = BatchHeader.maxTimestamp(batches, at);
        into.producerId = BatchHeader.producerId(batches, at);
        into.producerEpoch = BatchHeader.producerEpoch(batches, at);
        into.transactional = (attributes & BatchHeader.TRANSACTIONAL) != 0;
        into.control = (attributes & BatchHeader.CONTROL) != 0;
        window = open(batches, at, size, attributes, maxExpandedBytes, allocator);
    }

    @Override
    public boolean next(RecordView into) {
        if (left <= 0) {
            return false;
        }
        left--;
        window.gatherAll(Varints.MAX_VARINT_BYTES);
        long length = RecordParser.varint(window.bytes, window.at, window.end);
        int size = RecordParser.valueOf(length);
        window.at = RecordParser.indexOf(length);
        if (size < 0 || !window.gatherAll(size)) {
            throw UnreadableRecordsException.malformed("a batch ends before its last record");
        }
        into.bytes = window.bytes;
        RecordParser.parse(window.bytes, window.at, window.at + size, into);
        window.at += size;
        into.offset = baseOffset + into.offsetDelta;
        into.timestamp = hasAppendTime ? appendTime : baseTimestamp + into.timestampDelta;
        return true;
    }

    @Override
    public void close() {
        window.close();
    }

    /** The part of a batch behind its header, decompressed where that is needed. */
    private static RecordWindow open(
            ByteBuf batches, int at, int size, int attributes, int maxExpandedBytes, ByteBufAllocator allocator) {
        Compression codec = Compression.of(attributes & BatchHeader.CODEC_MASK);
        if (codec == null) {
            throw UnreadableRecordsException.undecodable("no known codec: " + (attributes & BatchHeader.CODEC_MASK));
        }
        int from = at + BatchHeader.HEADER_BYTES;
        if (codec == Compression.NONE) {
            return RecordWindow.over(batches, from, at + size);
        }
        ByteBuf records = batches.slice(from, at + size - from);
        return RecordWindow.over(
                codec.decompressor(records, false, maxExpandedBytes, allocator), RecordWindow.WINDOW_BYTES, allocator);
    }
}
