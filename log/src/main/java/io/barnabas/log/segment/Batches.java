package io.barnabas.log.segment;

import io.barnabas.wire.record.BatchChecksum;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;

/**
 * What a log needs to see of a batch of any format: where it ends, which offsets and times it holds, whether it is
 * whole. In formats 0 and 1 a batch is one message: {@code offset:8 size:4 crc:4 magic:1 attributes:1 [timestamp:8]}.
 */
public final class Batches {
    /** Offset, length, and what lies before the magic byte in every format, and that byte. */
    public static final int SMALLEST_PREFIX = 17;

    private static final int TIMESTAMP_V1 = 18;
    private static final int SMALLEST_V0 = BatchHeader.LOG_OVERHEAD + 14;
    private static final int SMALLEST_V1 = BatchHeader.LOG_OVERHEAD + 22;

    private Batches() {}

    public static int smallestSize(byte magic) {
        return magic == 0 ? SMALLEST_V0 : magic == 1 ? SMALLEST_V1 : BatchHeader.HEADER_BYTES;
    }

    public static boolean isFormat2(ByteBuf bytes, int at) {
        return BatchHeader.magic(bytes, at) >= BatchHeader.MAGIC_V2;
    }

    /** Formats 0 and 1 name the last offset of a compressed message, format 2 the first. */
    public static long lastOffset(ByteBuf bytes, int at) {
        return isFormat2(bytes, at) ? BatchHeader.lastOffset(bytes, at) : BatchHeader.baseOffset(bytes, at);
    }

    public static long maxTimestamp(ByteBuf bytes, int at) {
        if (isFormat2(bytes, at)) {
            return BatchHeader.maxTimestamp(bytes, at);
        }
        return BatchHeader.magic(bytes, at) == 0 ? BatchHeader.NO_TIMESTAMP : bytes.getLong(at + TIMESTAMP_V1);
    }

    /** True when the whole batch lies before the writer index, its size is possible and its checksum is right. */
    public static boolean isWhole(ByteBuf bytes, int at) {
        int available = bytes.writerIndex() - at;
        if (available < SMALLEST_PREFIX) {
            return false;
        }
        byte magic = BatchHeader.magic(bytes, at);
        int size = BatchHeader.sizeInBytes(bytes, at);
        return magic >= 0
                && magic <= BatchHeader.MAGIC_V2
                && size >= smallestSize(magic)
                && size <= available
                && BatchChecksum.matches(bytes, at, size);
    }
}
