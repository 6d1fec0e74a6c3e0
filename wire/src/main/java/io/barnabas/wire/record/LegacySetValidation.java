package io.barnabas.wire.record;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Validates a set of messages of format 0 or 1, whose lengths and outer checksums are right, and makes one batch of
 * format 2 of it. Such a set is either one compressed wrapper or any number of plain messages. One set each, confined.
 */
final class LegacySetValidation {
    private final ByteBuf set;
    private final RecordRules rules;
    private final long nowMs;
    private final ByteBufAllocator allocator;
    private final byte magic;
    private final Compression target;
    private final RecordView record = new RecordView();
    private int index;

    LegacySetValidation(ByteBuf set, RecordRules rules, long nowMs, ByteBufAllocator allocator) {
        this.set = set;
        this.rules = rules;
        this.nowMs = nowMs;
        this.allocator = allocator;
        this.magic = BatchHeader.magic(set, set.readerIndex());
        this.target = rules.targetFor(LegacyMessages.codec(LegacyMessages.attributes(set, set.readerIndex())));
    }

    ValidationOutcome validate() {
        try (RecordBatchBuilder builder = new RecordBatchBuilder(allocator, target, rules.levelFor(target))) {
            int at = set.readerIndex();
            int size = BatchHeader.wholeBatchSize(set, at, set.writerIndex());
            while (size >= 0) {
                Refused bad = append(at, size, builder);
                if (bad != null) {
                    return bad;
                }
                at += size;
                size = BatchHeader.wholeBatchSize(set, at, set.writerIndex());
            }
            return Rebuilt.finish(builder, rules, nowMs);
        }
    }

    private Refused append(int at, int size, RecordBatchBuilder builder) {
        if (BatchHeader.magic(set, at) != magic) {
            return Refused.of(ErrorCode.INVALID_RECORD, "A set mixes messages of several formats.");
        }
        try (LegacyMessages messages = new LegacyMessages(set, at, size, rules.maxExpandedBytes(), allocator)) {
            RecordCheck check = new RecordCheck(rules, messages.hasAppendTime(), nowMs);
            int first = index;
            for (; messages.next(record); index++) {
                look(messages, check);
                if (check.isClean()) {
                    builder.append(record);
                }
            }
            if (index == first) {
                return Refused.of(ErrorCode.INVALID_RECORD, "A compressed message has nothing inside.");
            }
            return check.isClean() ? null : check.refusal();
        }
    }

    private void look(LegacyMessages messages, RecordCheck check) {
        if (messages.isNested()) {
            throw UnreadableRecordsException.malformed("a compressed message within a compressed message");
        }
        if (messages.magic() != magic) {
            check.refuse(index, "The format of a message differs from that of its wrapper.");
            return;
        }
        if (messages.isCompressed() && !messages.isIntact()) {
            throw UnreadableRecordsException.corrupt("the checksum of a message within a compressed one is wrong");
        }
        check.look(index, record.hasKey(), record.timestamp());
    }
}
