package io.barnabas.log.inspect;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.BatchCursor;
import io.barnabas.log.segment.Batches;
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

/**
 * Finds the parts of a segment that are no whole batches in ascending order. Behind damage it looks for the next good
 * batch at every byte, unless the damaged one's header fits to what follows; so no good batch is taken for damage.
 * Confined to one thread.
 */
final class DamagedRanges {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int MAGIC_AT = 16;
    private static final int LENGTH_AT = 8;
    private static final int SHORTEST = 26;

    /** Bytes {@code [from, to)} of a file. */
    record Range(int from, int to) {
        int bytes() {
            return to - from;
        }
    }

    private final FileChannel channel;
    private final int size;
    private final long baseOffset;
    private final Progress progress;
    private final BatchCursor cursor = new BatchCursor(RecordDump.CHUNK_BYTES);
    private final BatchCursor candidate = new BatchCursor(RecordDump.CHUNK_BYTES);
    private long nextOffset;

    private DamagedRanges(FileChannel channel, int size, long baseOffset, Progress progress) {
        this.channel = channel;
        this.size = size;
        this.baseOffset = baseOffset;
        this.progress = progress;
        this.nextOffset = baseOffset;
    }

    /** Those of a {@code .log} file, in order; none when all of it is good. */
    static List<Range> in(Disk disk, Path file, Progress progress) throws IOException {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ)) {
            int size = Math.toIntExact(channel.size());
            return new DamagedRanges(channel, size, LogFiles.offsetOf(file), progress).find();
        }
    }

    private List<Range> find() throws IOException {
        List<Range> damaged = new ArrayList<>();
        int at = 0;
        while (at < size) {
            int damage = walkGood(at);
            if (damage == size) {
                break;
            }
            at = nextGood(damage);
            damaged.add(new Range(damage, at));
        }
        return damaged;
    }

    /** Gives the position of the first byte that belongs to no good batch. */
    private int walkGood(int from) throws IOException {
        cursor.start(channel, from, size);
        while (cursor.next()) {
            if (!isGood(cursor)) {
                return cursor.position();
            }
            nextOffset = cursor.lastOffset() + 1;
            progress.passed(cursor.sizeInBytes());
        }
        return cursor.position();
    }

    private boolean isGood(BatchCursor batch) throws IOException {
        return batch.loadWhole()
                && batch.lastOffset() >= nextOffset
                && batch.lastOffset() - baseOffset <= Integer.MAX_VALUE
                && (!Batches.isFormat2(batch.bytes(), batch.at()) || batch.baseOffset() >= nextOffset)
                && Batches.isWhole(batch.bytes(), batch.at());
    }

    private int nextGood(int damage) throws IOException {
        int claimed = endByItsHeader(damage);
        if (claimed > 0) {
            return claimed;
        }
        ByteBuf window = Unpooled.buffer(WINDOW_BYTES);
        for (int from = damage + 1; from + SHORTEST <= size; from += WINDOW_BYTES - SHORTEST) {
            window.clear();
            int wanted = Math.min(WINDOW_BYTES, size - from);
            while (window.writerIndex() < wanted
                    && window.writeBytes(channel, (long) from + window.writerIndex(), wanted - window.writerIndex())
                            > 0) {
                // Reads until it is full.
            }
            for (int i = 0; i + SHORTEST <= window.writerIndex(); i++) {
                if (couldBegin(window, i, size - from - i) && isGoodAt(from + i)) {
                    return from + i;
                }
            }
        }
        return size;
    }

    /** Where a damaged batch ends by what its header says, if a good one begins there with the very next offset; or -1. */
    private int endByItsHeader(int damage) throws IOException {
        cursor.start(channel, damage, size);
        if (!cursor.next()) {
            return -1;
        }
        int end = damage + cursor.sizeInBytes();
        boolean fits = end < size
                && cursor.lastOffset() >= nextOffset
                && isGoodAt(end)
                && candidate.baseOffset() == cursor.lastOffset() + 1;
        return fits ? end : -1;
    }

    private boolean couldBegin(ByteBuf bytes, int at, int left) {
        byte magic = bytes.getByte(at + MAGIC_AT);
        if (magic < 0 || magic > BatchHeader.MAGIC_V2) {
            return false;
        }
        int length = bytes.getInt(at + LENGTH_AT);
        long offset = bytes.getLong(at);
        return length >= SHORTEST - BatchHeader.LOG_OVERHEAD
                && length <= left - BatchHeader.LOG_OVERHEAD
                && offset >= nextOffset
                && offset - baseOffset <= Integer.MAX_VALUE;
    }

    private boolean isGoodAt(int position) throws IOException {
        return candidate.start(channel, position, size).next() && isGood(candidate);
    }
}
