package io.barnabas.log;

import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.SegmentScan;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Walks a log file with damage in it: over whole batches, and over what is none to the next whole one, which it looks
 * for at every byte. Confined to one thread.
 */
final class WholeBatchSearch {
    private static final int WINDOW_BYTES = 1 << 20;

    private final FileChannel channel;
    private final long baseOffset;
    private final int size;
    private BatchCursor cursor;
    private long position;
    private long nextOffset;

    WholeBatchSearch(FileChannel channel, long baseOffset) throws IOException {
        this.channel = channel;
        this.baseOffset = baseOffset;
        this.size = Math.toIntExact(channel.size());
        this.nextOffset = baseOffset;
        this.cursor = new BatchCursor(SegmentScan.CHUNK_BYTES);
    }

    long position() {
        return position;
    }

    /** Behind the last whole batch; after a {@link #findNext} the first offset that was found. */
    long nextOffset() {
        return nextOffset;
    }

    void stepOverWholeOnes() throws IOException {
        cursor.start(channel, (int) position, size);
        while (cursor.next() && cursor.loadWhole() && isNext(cursor.bytes(), cursor.at())) {
            nextOffset = cursor.lastOffset() + 1;
            position = cursor.position() + cursor.sizeInBytes();
        }
    }

    private boolean isNext(ByteBuf bytes, int at) {
        long last = Batches.lastOffset(bytes, at);
        return last >= nextOffset
                && last - baseOffset <= Integer.MAX_VALUE
                && (!Batches.isFormat2(bytes, at) || BatchHeader.baseOffset(bytes, at) >= nextOffset)
                && Batches.isWhole(bytes, at);
    }

    /**
     * Whether what begins here, and is no whole batch, was durable: the log was, beyond the offset that is due. Where
     * offsets are missing before the log's end, that may be the torn end behind it; then it says so itself.
     */
    boolean isDurable(long recoveryPoint) throws IOException {
        if (nextOffset >= recoveryPoint || isNothingButZeros()) {
            return false;
        }
        ByteBuf head = Unpooled.buffer(Long.BYTES);
        int left = size - (int) position;
        return left < Long.BYTES
                || head.writeBytes(channel, position, Long.BYTES) < Long.BYTES
                || head.getLong(0) < recoveryPoint
                || head.getLong(0) - baseOffset > Integer.MAX_VALUE;
    }

    /** As where a file was given its size in advance. */
    private boolean isNothingButZeros() throws IOException {
        for (long at = position; at < size; ) {
            ByteBuf window = window(at);
            if (window.readableBytes() == 0 || window.forEachByte(value -> value == 0) >= 0) {
                return false;
            }
            at += window.writerIndex();
        }
        return true;
    }

    /** Moves to the next whole batch, or to the end. */
    long findNext() throws IOException {
        long at = position + 1;
        while (at < size) {
            ByteBuf window = window(at);
            int last = window.writerIndex() - Batches.SMALLEST_PREFIX;
            for (int i = 0; i <= last; i++) {
                if (mayBegin(window, i) && isWholeAt(at + i)) {
                    position = at + i;
                    return position;
                }
            }
            if (at + window.writerIndex() >= size) {
                break;
            }
            at += last + 1;
        }
        position = size;
        return position;
    }

    private ByteBuf window(long at) throws IOException {
        int wanted = (int) Math.min(WINDOW_BYTES, size - at);
        ByteBuf window = Unpooled.buffer(wanted);
        while (window.writerIndex() < wanted
                && window.writeBytes(channel, at + window.writerIndex(), wanted - window.writerIndex()) > 0) {
            // Reads until it is full.
        }
        return window;
    }

    /** Cheap, and right to a few in a billion. */
    private boolean mayBegin(ByteBuf bytes, int at) {
        byte magic = BatchHeader.magic(bytes, at);
        long first = BatchHeader.baseOffset(bytes, at);
        int claimed = BatchHeader.sizeInBytes(bytes, at);
        return magic >= 0
                && magic <= BatchHeader.MAGIC_V2
                && first >= nextOffset
                && first - baseOffset <= Integer.MAX_VALUE
                && claimed >= Batches.smallestSize(magic)
                && claimed <= size;
    }

    private boolean isWholeAt(long at) throws IOException {
        BatchCursor candidate = new BatchCursor(BatchHeader.HEADER_BYTES).start(channel, (int) at, size);
        boolean whole = candidate.next() && candidate.loadWhole() && isNext(candidate.bytes(), candidate.at());
        if (whole) {
            nextOffset = Batches.isFormat2(candidate.bytes(), candidate.at())
                    ? candidate.baseOffset()
                    : candidate.lastOffset();
        }
        return whole;
    }
}
