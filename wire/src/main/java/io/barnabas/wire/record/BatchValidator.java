package io.barnabas.wire.record;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ValidationOutcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Decides whether the records that a producer sends to one partition may enter the log, with Kafka's checks in Kafka's
 * order, and makes one batch of format 2 of them. Nothing is changed before everything is known to be right, so a
 * refused request leaves its bytes as they came. Stateless; any thread, the buffer's owner.
 */
public final class BatchValidator {
    /** Since this version a request has exactly one batch of format 2 for a partition. */
    private static final short ONE_BATCH_OF_FORMAT_2 = 3;

    private static final short ZSTD = 7;

    /** Decompressing more than this would hold up the other connections of an event loop. */
    private static final int HEAVY_COMPRESSED_BYTES = 64 * 1024;

    private BatchValidator() {}

    /**
     * Whether validating is too slow for an event loop: gzip, a large compressed batch, one to be compressed anew, or the
     * first of its codec, whose library is not loaded yet.
     * Looks at the header only; true or false for bytes that will be refused anyway.
     */
    public static boolean isHeavy(ByteBuf records, RecordRules rules) {
        int at = records.readerIndex();
        if (records.readableBytes() < BatchHeader.HEADER_BYTES) {
            return false;
        }
        Compression source = codec(records, at);
        return source == Compression.GZIP
                || source != null && source != Compression.NONE && !source.isLoaded()
                || source != Compression.NONE && records.readableBytes() > HEAVY_COMPRESSED_BYTES
                || source != null
                        && rules.targetFor(source) != Compression.NONE
                        && isToBeRebuilt(records, at, source, rules);
    }

    /**
     * @param records the bytes of one partition of the request, between reader and writer index; edited in place when
     *     they are accepted
     * @param produceVersion of the request
     */
    public static ValidationOutcome validate(
            ByteBuf records, RecordRules rules, short produceVersion, long nowMs, ByteBufAllocator allocator) {
        try {
            return decide(records, rules, produceVersion, nowMs, allocator);
        } catch (UnreadableRecordsException unreadable) {
            return Refused.of(errorOf(unreadable.reason()), unreadable.getMessage());
        }
    }

    private static ValidationOutcome decide(
            ByteBuf records, RecordRules rules, short produceVersion, long nowMs, ByteBufAllocator allocator) {
        int at = records.readerIndex();
        int end = records.writerIndex();
        int size = BatchHeader.wholeBatchSize(records, at, end);
        if (size < 0) {
            return Refused.of(ErrorCode.INVALID_RECORD, "The request has no complete batch for the partition.");
        }
        boolean format2 = BatchHeader.magic(records, at) == BatchHeader.MAGIC_V2;
        if (produceVersion >= ONE_BATCH_OF_FORMAT_2 && !format2) {
            return Refused.of(ErrorCode.INVALID_RECORD, "Since Produce 3 batches must be of format 2.");
        }
        if (produceVersion < ZSTD && format2 && codec(records, at) == Compression.ZSTD) {
            return Refused.of(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "Before Produce 7 there is no zstd.");
        }
        boolean single = BatchHeader.wholeBatchSize(records, at + size, end) < 0;
        if (produceVersion >= ONE_BATCH_OF_FORMAT_2 && !single) {
            return Refused.of(ErrorCode.INVALID_RECORD, "Since Produce 3 there is one batch for a partition.");
        }
        boolean compressed = false;
        for (int next = at; size >= 0; next += size, size = BatchHeader.wholeBatchSize(records, next, end)) {
            Refused bad = checkEnvelope(records, next, size, rules);
            if (bad != null) {
                return bad;
            }
            compressed |= codec(records, next) != Compression.NONE;
        }
        if (!single && (format2 || compressed)) {
            return Refused.of(
                    ErrorCode.INVALID_RECORD, "Of compressed batches and those of format 2 only one may come.");
        }
        return format2
                ? new DefaultBatchValidation(records, rules, nowMs, allocator).validate()
                : new LegacySetValidation(records, rules, nowMs, allocator).validate();
    }

    /** What can be said of a batch of any format without looking inside. */
    private static Refused checkEnvelope(ByteBuf records, int at, int size, RecordRules rules) {
        if (BatchHeader.magic(records, at) == BatchHeader.MAGIC_V2 && BatchHeader.baseOffset(records, at) != 0) {
            return Refused.of(ErrorCode.INVALID_RECORD, "The base offset of a batch that is sent must be 0.");
        }
        if (size > rules.maxMessageBytes()) {
            return tooLarge(size, rules);
        }
        if (!BatchChecksum.matches(records, at, size)) {
            return Refused.of(ErrorCode.CORRUPT_MESSAGE, "The checksum of a batch is wrong.");
        }
        if (codec(records, at) == null) {
            return Refused.of(ErrorCode.UNKNOWN_SERVER_ERROR, "A batch has an unknown codec.");
        }
        return null;
    }

    static Refused tooLarge(int size, RecordRules rules) {
        return Refused.of(
                ErrorCode.MESSAGE_TOO_LARGE,
                "A batch of " + size + " bytes exceeds the limit of " + rules.maxMessageBytes() + ".");
    }

    private static boolean isToBeRebuilt(ByteBuf records, int at, Compression source, RecordRules rules) {
        return BatchHeader.magic(records, at) != BatchHeader.MAGIC_V2 || rules.targetFor(source) != source;
    }

    /** Null when nobody knows it. */
    private static Compression codec(ByteBuf records, int at) {
        int attributes = BatchHeader.magic(records, at) == BatchHeader.MAGIC_V2
                ? BatchHeader.attributes(records, at)
                : LegacyMessages.attributes(records, at);
        return Compression.of(attributes & BatchHeader.CODEC_MASK);
    }

    private static ErrorCode errorOf(UnreadableRecordsException.Reason reason) {
        return switch (reason) {
            case MALFORMED -> ErrorCode.INVALID_RECORD;
            case CORRUPT -> ErrorCode.CORRUPT_MESSAGE;
            case UNDECODABLE -> ErrorCode.UNKNOWN_SERVER_ERROR;
            // A producer answers it by splitting the batch, which is just what helps.
            case EXPANDS_TOO_FAR -> ErrorCode.MESSAGE_TOO_LARGE;
            case CODEC_UNAVAILABLE -> ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
        };
    }
}
