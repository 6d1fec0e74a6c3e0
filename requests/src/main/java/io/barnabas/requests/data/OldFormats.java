package io.barnabas.requests.data;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.ConvertedRecords;
import io.barnabas.wire.record.UnreadableRecordsException;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/**
 * Converts what a look brought for readers of the formats 0 and 1. Only the first batch of a partition is converted at
 * once, the others when they are sent. For threads that may wait for the disk; nothing shared is touched.
 */
final class OldFormats {
    private static final short FORMAT_1_FROM = 2;
    private static final short FORMAT_2_FROM = 4;

    private final RecordCollector collector;
    private final ByteBufAllocator allocator;

    OldFormats(RecordCollector collector, ByteBufAllocator allocator) {
        this.collector = collector;
        this.allocator = allocator;
    }

    /** Whether readers with this version of Fetch have to be told in an older format. */
    static boolean isForVersion(short version) {
        return version < FORMAT_2_FROM;
    }

    void convert(short version, FetchLook look, FetchLimits limits) {
        byte magic = (byte) (version < FORMAT_1_FROM ? 0 : 1);
        for (PartitionRead read : look.reads()) {
            if (read.bytes() > 0) {
                convert(read, magic, limits);
            }
        }
    }

    private void convert(PartitionRead read, byte magic, FetchLimits limits) {
        try {
            ConvertedRecords converted = convert(read, magic);
            long from = read.offset();
            while (converted.isEmpty() && converted.nextOffset() > from) {
                // Control batches, say, of which nothing becomes: the reader would stay before them for ever.
                from = converted.nextOffset();
                converted.release();
                if (from >= read.readableEnd()) {
                    return;
                }
                collector.collectFromDisk(read, from, limits);
                if (read.bytes() == 0) {
                    return;
                }
                converted = convert(read, magic);
            }
            read.found(converted, read.upperOffset());
        } catch (UnreadableRecordsException unreadable) {
            read.failed(errorOf(unreadable.reason()));
        } catch (IOException failure) {
            read.failed(ErrorCode.KAFKA_STORAGE_ERROR);
        }
    }

    private ConvertedRecords convert(PartitionRead read, byte magic) throws IOException {
        return ConvertedRecords.of(read.takeRecords(), magic, read.offset(), allocator);
    }

    private static ErrorCode errorOf(UnreadableRecordsException.Reason reason) {
        return switch (reason) {
            case CODEC_UNAVAILABLE -> ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
            case MALFORMED, CORRUPT, UNDECODABLE, EXPANDS_TOO_FAR -> ErrorCode.CORRUPT_MESSAGE;
        };
    }
}
