package io.barnabas.wire.record;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Accepted;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Validates one batch of format 2 whose length and checksum are right. The records are read once and nothing is kept
 * of them; then the header is edited where it lies, or the batch is built anew if it must change its codec. One batch
 * each, confined.
 */
final class DefaultBatchValidation {
    private final ByteBuf records;
    private final int at;
    private final int size;
    private final RecordRules rules;
    private final long nowMs;
    private final ByteBufAllocator allocator;
    private final int attributes;
    private final int count;
    private final Compression codec;
    private final RecordCheck check;

    DefaultBatchValidation(ByteBuf records, RecordRules rules, long nowMs, ByteBufAllocator allocator) {
        this.records = records;
        this.at = records.readerIndex();
        this.size = BatchHeader.sizeInBytes(records, at);
        this.rules = rules;
        this.nowMs = nowMs;
        this.allocator = allocator;
        this.attributes = BatchHeader.attributes(records, at);
        this.count = BatchHeader.recordCount(records, at);
        this.codec = Compression.of(attributes & BatchHeader.CODEC_MASK);
        this.check = new RecordCheck(rules, hasAppendTime(), nowMs);
    }

    ValidationOutcome validate() {
        Refused bad = checkHeader();
        if (bad != null) {
            return bad;
        }
        checkRecords();
        if (!check.isClean()) {
            return check.refusal();
        }
        return rules.targetFor(codec) == codec ? acceptInPlace() : recompress(rules.targetFor(codec));
    }

    private Refused checkHeader() {
        if (BatchHeader.lastOffsetDelta(records, at) < 0) {
            return Refused.of(ErrorCode.INVALID_RECORD, "The last offset of a batch lies before its base offset.");
        }
        if (count <= 0) {
            return Refused.of(ErrorCode.INVALID_RECORD, "A batch says it has " + count + " records.");
        }
        if (count - 1 != BatchHeader.lastOffsetDelta(records, at)) {
            return Refused.of(ErrorCode.INVALID_RECORD, "The offsets of a batch do not fit its " + count + " records.");
        }
        if ((attributes & BatchHeader.CONTROL) != 0) {
            return Refused.of(ErrorCode.INVALID_RECORD, "Clients do not write control records.");
        }
        if (BatchHeader.producerId(records, at) > BatchHeader.NO_PRODUCER_ID
                && BatchHeader.baseSequence(records, at) < 0) {
            return Refused.of(ErrorCode.INVALID_RECORD, "A batch with a producer id needs a sequence.");
        }
        return null;
    }

    private void checkRecords() {
        try (RecordWindow window = open()) {
            RecordView record = new RecordView();
            long baseTimestamp = BatchHeader.baseTimestamp(records, at);
            long appendTime = BatchHeader.maxTimestamp(records, at);
            for (int index = 0; index < count; index++) {
                pass(window, record);
                long timestamp = hasAppendTime() ? appendTime : baseTimestamp + record.timestampDelta;
                check.look(index, record.keySize >= 0, timestamp);
            }
            if (window.nextByte() >= 0) {
                throw UnreadableRecordsException.malformed("a batch has more bytes than records");
            }
        }
    }

    private static void pass(RecordWindow window, RecordView record) {
        window.gather(Varints.MAX_VARINT_BYTES);
        long length = RecordParser.varint(window.bytes, window.at, window.end);
        int recordSize = RecordParser.valueOf(length);
        int from = RecordParser.indexOf(length);
        window.at = from;
        if (recordSize >= 0 && window.gather(recordSize)) {
            RecordParser.parse(window.bytes, window.at, window.at + recordSize, record);
            window.at += recordSize;
        } else if (recordSize >= 0 && window.isStream()) {
            OversizedRecord.pass(window, recordSize, record);
        } else {
            throw UnreadableRecordsException.malformed("a batch ends before its last record");
        }
    }

    private RecordWindow open() {
        int from = at + BatchHeader.HEADER_BYTES;
        if (codec == Compression.NONE) {
            return RecordWindow.over(records, from, at + size);
        }
        ByteBuf compressed = records.slice(from, at + size - from);
        return RecordWindow.over(
                codec.decompressor(compressed, false, rules.maxExpandedBytes(), allocator),
                RecordWindow.WINDOW_BYTES,
                allocator);
    }

    private Accepted acceptInPlace() {
        boolean appendTime = rules.logAppendTime();
        long maxTimestamp = appendTime ? nowMs : check.maxTimestamp();
        if (appendTime != hasAppendTime() || maxTimestamp != BatchHeader.maxTimestamp(records, at)) {
            int known = attributes & BatchHeader.KNOWN_ATTRIBUTES & ~BatchHeader.LOG_APPEND_TIME;
            BatchHeader.stampTime(records, at, appendTime ? known | BatchHeader.LOG_APPEND_TIME : known, maxTimestamp);
        }
        ByteBuf batch = size == records.readableBytes() ? records : records.slice(at, size);
        return new Accepted(batch, false, appendTime ? nowMs : BatchHeader.NO_TIMESTAMP, count);
    }

    private ValidationOutcome recompress(Compression target) {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(allocator, target, rules.levelFor(target));
                RecordIterator source = new RecordIterator(records, rules.maxExpandedBytes(), allocator)) {
            builder.producer(
                    BatchHeader.producerId(records, at),
                    BatchHeader.producerEpoch(records, at),
                    BatchHeader.baseSequence(records, at));
            if ((attributes & BatchHeader.TRANSACTIONAL) != 0) {
                builder.transactional();
            }
            for (int index = 0; index < count; index++) {
                builder.append(source.next());
            }
            return Rebuilt.finish(builder, rules, nowMs);
        }
    }

    private boolean hasAppendTime() {
        return (attributes & BatchHeader.LOG_APPEND_TIME) != 0;
    }
}
