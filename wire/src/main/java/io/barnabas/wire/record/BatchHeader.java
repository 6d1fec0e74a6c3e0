package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;

/**
 * The header of a record batch (format 2), read in place: every method takes a buffer and the index at which the batch
 * begins. Layout: {@code baseOffset:8 length:4 leaderEpoch:4 magic:1 crc:4 attributes:2 lastOffsetDelta:4
 * baseTimestamp:8 maxTimestamp:8 producerId:8 producerEpoch:2 baseSequence:4 count:4}, big endian (KIP-98).
 * No method checks that the bytes are there.
 */
public final class BatchHeader {
    /** Offset and length: what precedes the counted bytes, in every format. */
    public static final int LOG_OVERHEAD = 12;

    public static final int HEADER_BYTES = 61;
    public static final byte MAGIC_V2 = 2;
    public static final long NO_PRODUCER_ID = -1;
    public static final int NO_SEQUENCE = -1;
    public static final long NO_TIMESTAMP = -1;

    /** Where the checksummed bytes begin; the base offset and the leader epoch lie before and may be stamped. */
    public static final int CRC_COVERS_FROM = 21;

    public static final int CODEC_MASK = 0x07;
    public static final int LOG_APPEND_TIME = 0x08;
    public static final int TRANSACTIONAL = 0x10;
    public static final int CONTROL = 0x20;
    public static final int DELETE_HORIZON = 0x40;
    static final int KNOWN_ATTRIBUTES = 0x7F;

    private static final int LENGTH = 8;
    private static final int LEADER_EPOCH = 12;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int BASE_TIMESTAMP = 27;
    private static final int MAX_TIMESTAMP = 35;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int RECORD_COUNT = 57;

    /** What the length field of the shortest message, of format 0, says. */
    private static final int SHORTEST_MESSAGE = 14;

    private BatchHeader() {}

    /**
     * The size of the whole batch of any format that begins at the index, or -1 when it is cut off before {@code end},
     * as the last one of an answer may be. A length or format that cannot be is refused.
     */
    public static int wholeBatchSize(ByteBuf bytes, int at, int end) {
        if (end - at < LOG_OVERHEAD) {
            return -1;
        }
        int length = bytes.getInt(at + LENGTH);
        if (length < SHORTEST_MESSAGE) {
            throw UnreadableRecordsException.corrupt("a batch of " + length + " bytes is shorter than any format's");
        }
        if (end - at <= MAGIC) {
            return -1;
        }
        byte magic = magic(bytes, at);
        if (magic < 0 || magic > MAGIC_V2) {
            throw UnreadableRecordsException.corrupt("no known format: " + magic);
        }
        if (magic == MAGIC_V2 && length < HEADER_BYTES - LOG_OVERHEAD) {
            throw UnreadableRecordsException.corrupt("a batch of " + length + " bytes is shorter than its header");
        }
        return length <= end - at - LOG_OVERHEAD ? length + LOG_OVERHEAD : -1;
    }

    public static long baseOffset(ByteBuf bytes, int at) {
        return bytes.getLong(at);
    }

    /** The whole batch, offset and length fields included; negative or tiny when the length field lies. */
    public static int sizeInBytes(ByteBuf bytes, int at) {
        return bytes.getInt(at + LENGTH) + LOG_OVERHEAD;
    }

    public static int leaderEpoch(ByteBuf bytes, int at) {
        return bytes.getInt(at + LEADER_EPOCH);
    }

    /** 0, 1 or 2; at the same place in every format. */
    public static byte magic(ByteBuf bytes, int at) {
        return bytes.getByte(at + MAGIC);
    }

    public static long crc(ByteBuf bytes, int at) {
        return bytes.getUnsignedInt(at + CRC);
    }

    public static short attributes(ByteBuf bytes, int at) {
        return bytes.getShort(at + ATTRIBUTES);
    }

    public static boolean isTransactional(ByteBuf bytes, int at) {
        return (attributes(bytes, at) & TRANSACTIONAL) != 0;
    }

    /** Has a batch of format 2 that lost its last records end earlier. */
    public static void endAt(ByteBuf bytes, int at, long lastOffset) {
        bytes.setInt(at + LAST_OFFSET_DELTA, (int) (lastOffset - baseOffset(bytes, at)));
        bytes.setInt(at + CRC, BatchChecksum.compute(bytes, at, sizeInBytes(bytes, at)));
    }

    public static boolean isControl(ByteBuf bytes, int at) {
        return (attributes(bytes, at) & CONTROL) != 0;
    }

    public static int lastOffsetDelta(ByteBuf bytes, int at) {
        return bytes.getInt(at + LAST_OFFSET_DELTA);
    }

    public static long lastOffset(ByteBuf bytes, int at) {
        return baseOffset(bytes, at) + lastOffsetDelta(bytes, at);
    }

    public static long baseTimestamp(ByteBuf bytes, int at) {
        return bytes.getLong(at + BASE_TIMESTAMP);
    }

    public static long maxTimestamp(ByteBuf bytes, int at) {
        return bytes.getLong(at + MAX_TIMESTAMP);
    }

    public static long producerId(ByteBuf bytes, int at) {
        return bytes.getLong(at + PRODUCER_ID);
    }

    public static short producerEpoch(ByteBuf bytes, int at) {
        return bytes.getShort(at + PRODUCER_EPOCH);
    }

    public static int baseSequence(ByteBuf bytes, int at) {
        return bytes.getInt(at + BASE_SEQUENCE);
    }

    public static int recordCount(ByteBuf bytes, int at) {
        return bytes.getInt(at + RECORD_COUNT);
    }

    /** Sets what the leader decides; the checksum does not cover it. */
    public static void stamp(ByteBuf bytes, int at, long baseOffset, int leaderEpoch) {
        bytes.setLong(at, baseOffset);
        bytes.setInt(at + LEADER_EPOCH, leaderEpoch);
    }

    /** Writes every field of the header over what is there, the checksum last; the records must be behind it already. */
    static void write(ByteBuf bytes, int at, int size, BatchHeaderFields fields) {
        bytes.setLong(at, fields.baseOffset);
        bytes.setInt(at + LENGTH, size - LOG_OVERHEAD);
        bytes.setInt(at + LEADER_EPOCH, fields.leaderEpoch);
        bytes.setByte(at + MAGIC, MAGIC_V2);
        bytes.setShort(at + ATTRIBUTES, fields.attributes);
        bytes.setInt(at + LAST_OFFSET_DELTA, fields.lastOffsetDelta);
        bytes.setLong(at + BASE_TIMESTAMP, fields.baseTimestamp);
        bytes.setLong(at + MAX_TIMESTAMP, fields.maxTimestamp);
        bytes.setLong(at + PRODUCER_ID, fields.producerId);
        bytes.setShort(at + PRODUCER_EPOCH, fields.producerEpoch);
        bytes.setInt(at + BASE_SEQUENCE, fields.baseSequence);
        bytes.setInt(at + RECORD_COUNT, fields.recordCount);
        bytes.setInt(at + CRC, BatchChecksum.compute(bytes, at, size));
    }

    /** Changes what the checksum covers, hence computes it anew. */
    static void stampTime(ByteBuf bytes, int at, int attributes, long maxTimestamp) {
        bytes.setShort(at + ATTRIBUTES, attributes);
        bytes.setLong(at + MAX_TIMESTAMP, maxTimestamp);
        bytes.setInt(at + CRC, BatchChecksum.compute(bytes, at, sizeInBytes(bytes, at)));
    }

    /** The sequence of a batch's last record; sequences wrap from 2147483647 to 0. */
    public static int lastSequence(ByteBuf bytes, int at) {
        int base = baseSequence(bytes, at);
        return base == NO_SEQUENCE ? NO_SEQUENCE : (base + lastOffsetDelta(bytes, at)) & Integer.MAX_VALUE;
    }
}
