package io.barnabas.log.segment;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.Quarantine.Range;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Walks a log file with damage in it: over whole batches in ascending order, and over what is none to the next whole
 * one, which it looks for at every byte, unless the damaged one's header fits to what follows. Confined to one thread.
 */
public final class WholeBatchSearch {
    private static final int WINDOW_BYTES = 1 << 20;

    private final FileChannel channel;
    private final long baseOffset;
    private final int size;
    private final LongConsumer passed;
    private final BatchCursor cursor = new BatchCursor(SegmentScan.CHUNK_BYTES);
    private final BatchCursor candidate = new BatchCursor(BatchHeader.HEADER_BYTES);
    private int position;
    private long nextOffset;

    /** @param passed hears of the bytes of each whole batch */
    public WholeBatchSearch(FileChannel channel, long baseOffset, LongConsumer passed) throws IOException {
        this.channel = channel;
        this.baseOffset = baseOffset;
        this.size = Math.toIntExact(channel.size());
        this.passed = passed;
        this.nextOffset = baseOffset;
    }

    /** What is no whole batch in a {@code .log} file, in order; nothing when all of it is good. */
    public static List<Range> damageIn(Disk disk, Path file, LongConsumer passed) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            WholeBatchSearch search = new WholeBatchSearch(channel, LogFiles.offsetOf(file), passed);
            List<Range> damage = new ArrayList<>();
            while (search.stepOverWholeOnes()) {
                int from = search.position();
                damage.add(new Range(from, search.findNext()));
            }
            return damage;
        }
    }

    public int position() {
        return position;
    }

    public boolean isAtEnd() {
        return position == size;
    }

    /** Behind the last whole batch; after a {@link #findNext} the first offset that was found. */
    public long nextOffset() {
        return nextOffset;
    }

    /** False when the end is reached, true when something else than a whole batch is. */
    public boolean stepOverWholeOnes() throws IOException {
        cursor.start(channel, position, size);
        while (cursor.next() && isNext(cursor)) {
            nextOffset = cursor.lastOffset() + 1;
            position = cursor.position() + cursor.sizeInBytes();
            passed.accept(cursor.sizeInBytes());
        }
        return !isAtEnd();
    }

    private boolean isNext(BatchCursor batch) throws IOException {
        long last = batch.lastOffset();
        return last >= nextOffset
                && last - baseOffset <= Integer.MAX_VALUE
                && batch.loadWhole()
                && (!Batches.isFormat2(batch.bytes(), batch.at()) || batch.baseOffset() >= nextOffset)
                && Batches.isWhole(batch.bytes(), batch.at());
    }

    /**
     * Whether what begins here, and is no whole batch, was durable: the log was, beyond the offset that is due. Where
     * offsets are missing before the log's end, that may be the torn end behind it; then it says so itself.
     */
    public boolean isDurable(long recoveryPoint) throws IOException {
        if (nextOffset >= recoveryPoint || isNothingButZeros()) {
            return false;
        }
        ByteBuf head = Unpooled.buffer(Long.BYTES);
        return size - position < Long.BYTES
                || head.writeBytes(channel, position, Long.BYTES) < Long.BYTES
                || head.getLong(0) < recoveryPoint
                || head.getLong(0) - baseOffset > Integer.MAX_VALUE;
    }

    /** As where a file was given its size in advance. */
    private boolean isNothingButZeros() throws IOException {
        for (int at = position; at < size; ) {
            ByteBuf window = window(at);
            if (window.readableBytes() == 0 || window.forEachByte(value -> value == 0) >= 0) {
                return false;
            }
            at += window.writerIndex();
        }
        return true;
    }

    /** Moves to the next whole batch, or to the end, and gives the position. */
    public int findNext() throws IOException {
        int claimed = endByItsHeader();
        position = claimed >= 0 ? claimed : searchFrom(position + 1);
        return position;
    }

    /** Where a damaged batch ends by what its header says, if a whole one begins there with the very next offset; or -1. */
    private int endByItsHeader() throws IOException {
        if (!cursor.start(channel, position, size).next() || cursor.lastOffset() < nextOffset) {
            return -1;
        }
        int end = position + cursor.sizeInBytes();
        boolean fits = end < size && isWholeAt(end) && candidate.baseOffset() == cursor.lastOffset() + 1;
        return fits ? foundAt(end) : -1;
    }

    private int searchFrom(int from) throws IOException {
        int at = from;
        while (at < size) {
            ByteBuf window = window(at);
            int last = window.writerIndex() - Batches.SMALLEST_PREFIX;
            for (int i = 0; i <= last; i++) {
                if (mayBegin(window, i) && isWholeAt(at + i)) {
                    return foundAt(at + i);
                }
            }
            if (at + window.writerIndex() >= size) {
                break;
            }
            at += last + 1;
        }
        return size;
    }

    private ByteBuf window(int at) throws IOException {
        int wanted = Math.min(WINDOW_BYTES, size - at);
        ByteBuf window = Unpooled.buffer(wanted);
        while (window.writerIndex() < wanted
                && window.writeBytes(channel, (long) at + window.writerIndex(), wanted - window.writerIndex()) > 0) {
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

    private boolean isWholeAt(int at) throws IOException {
        return candidate.start(channel, at, size).next() && isNext(candidate);
    }

    private int foundAt(int at) {
        nextOffset = candidate.baseOffset();
        return at;
    }
}
