package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.RECORD_LIST_TOO_LARGE;
import static io.barnabas.wire.ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
import static io.barnabas.wire.ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT;

import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.log.segment.MaxTimestamp;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.OldFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A leader's batch as a topic keeps it that asks for format 0 or 1. The offsets inside a compressed message of format 0
 * are those of the log, so it can be made only once they are known. Confined to the thread that appends.
 */
final class OldFormatBatch implements AutoCloseable {
    private final ByteBuf messages;
    private final MaxTimestamp newest;

    /** @param batch with its base offset, and not to be refused */
    OldFormatBatch(ByteBuf batch, LogConfig config) {
        messages = OldFormat.of(batch, config.recordFormat(), ByteBufAllocator.DEFAULT);
        newest = FollowerBatches.check(messages).newest();
    }

    /** Whether it concerns the batch at all: markers and what lies in newer topics stay as they are. */
    static boolean concerns(ByteBuf batch, int at, LogConfig config) {
        return config.keepsOldFormat() && !BatchHeader.isControl(batch, at);
    }

    /** What the old formats have no place for; null when they have for everything. */
    static Rejected refusal(ByteBuf batch, int at, LogConfig config) {
        if (BatchHeader.producerId(batch, at) > BatchHeader.NO_PRODUCER_ID) {
            return new Rejected(
                    UNSUPPORTED_FOR_MESSAGE_FORMAT,
                    "idempotent producers need format 2, and the topic keeps format " + config.recordFormat());
        }
        int codec = BatchHeader.attributes(batch, at) & BatchHeader.CODEC_MASK;
        return codec == Compression.ZSTD.id()
                ? new Rejected(
                        UNSUPPORTED_COMPRESSION_TYPE,
                        "zstd needs format 2, and the topic keeps format " + config.recordFormat())
                : null;
    }

    /** It may be larger than the batch was. */
    Rejected tooLarge(LogConfig config) {
        return messages.readableBytes() > config.segmentBytes()
                ? new Rejected(
                        RECORD_LIST_TOO_LARGE,
                        messages.readableBytes() + " bytes do not fit a segment of " + config.segmentBytes())
                : null;
    }

    ByteBuf messages() {
        return messages;
    }

    MaxTimestamp newest() {
        return newest;
    }

    @Override
    public void close() {
        messages.release();
    }
}
