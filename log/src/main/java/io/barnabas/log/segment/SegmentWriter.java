package io.barnabas.log.segment;

import io.barnabas.log.LogConfig;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Writes batches behind each other into a segment's file, and notes where they lie and how old they are: a sparse index
 * entry, the tail, the youngest timestamp. Runs under the partition's lock, or by whoever alone has the segment.
 */
final class SegmentWriter {
    private final SegmentFile file;
    private final SegmentIndexes indexes;
    private final SegmentTimes times;
    private final BatchTail tail;
    private final WarmRegions warm;

    private boolean preallocated;
    private int bytesSinceIndexEntry;

    SegmentWriter(SegmentFile file, SegmentIndexes indexes, SegmentTimes times, BatchTail tail, WarmRegions warm) {
        this.file = file;
        this.indexes = indexes;
        this.times = times;
        this.tail = tail;
        this.warm = warm;
    }

    /** Gives the empty file all the bytes that it may come to hold. */
    void preallocate(int bytes) throws IOException {
        preallocated = true;
        file.write(ByteBuffer.allocate(1), bytes - 1);
    }

    /** Whether the file is longer than its records; nobody else needs to care then. */
    boolean isPreallocated() {
        return preallocated;
    }

    /** The file was cut to its records. */
    void trimmed() {
        preallocated = false;
    }

    /** What was written lately has its place in the indexes, or in nothing that counts. */
    void restartInterval() {
        bytesSinceIndexEntry = 0;
    }

    /**
     * Writes whole batches with a single call of the operating system. When that fails, the file is cut back to what it
     * was.
     */
    void append(ByteBuf batches, int position, MaxTimestamp newest, LogConfig config) throws IOException {
        int length = batches.readableBytes();
        writeOrCutBack(batches, position, length);
        if (position == 0) {
            times.firstIs(Batches.maxTimestamp(batches, batches.readerIndex()));
        }
        times.appended(newest);
        // An entry names the batch that it leads to, so that tools which compare the two find them equal.
        index(Batches.lastOffset(batches, batches.readerIndex()), position, length, config);
        tail.add(batches, position);
        warm.appended(position, length);
    }

    /** As if each of the batches, which are all that is left of {@code batches}, had been appended for itself. */
    void appendEach(ByteBuf batches, int position, LogConfig config) throws IOException {
        appendCompacted(batches, position, config);
        if (position == 0) {
            times.firstIs(Batches.maxTimestamp(batches, batches.readerIndex()));
        }
        tail.add(batches, position);
        warm.appended(position, batches.readableBytes());
    }

    /** As {@link #append}, batch by batch as far as the indexes are concerned: for many batches of different age. */
    void appendCompacted(ByteBuf batches, int position, LogConfig config) throws IOException {
        writeOrCutBack(batches, position, batches.readableBytes());
        int begin = batches.readerIndex();
        int end = batches.writerIndex();
        for (int at = begin; at < end; at += BatchHeader.sizeInBytes(batches, at)) {
            long lastOffset = Batches.lastOffset(batches, at);
            times.appended(new MaxTimestamp(Batches.maxTimestamp(batches, at), lastOffset));
            index(lastOffset, position + at - begin, BatchHeader.sizeInBytes(batches, at), config);
        }
    }

    private void index(long lastOffset, int position, int length, LogConfig config) {
        if (bytesSinceIndexEntry > config.indexIntervalBytes()) {
            indexes.add(lastOffset, position, times.knownMax(), config.segmentIndexBytes());
            bytesSinceIndexEntry = 0;
        }
        bytesSinceIndexEntry += length;
    }

    private void writeOrCutBack(ByteBuf batches, int position, int length) throws IOException {
        OpenFile open = file.acquire();
        try {
            write(batches, open.channel(), position, length);
        } catch (IOException failure) {
            cutBack(open.channel(), position, failure);
            throw failure;
        } finally {
            open.release();
        }
    }

    private static void write(ByteBuf batches, FileChannel channel, int position, int length) throws IOException {
        int written = 0;
        while (written < length) {
            written += batches.getBytes(
                    batches.readerIndex() + written, channel, (long) position + written, length - written);
        }
    }

    private void cutBack(FileChannel channel, int position, IOException cause) {
        try {
            if (!preallocated) {
                channel.truncate(position);
            }
        } catch (IOException second) {
            cause.addSuppressed(second);
        }
    }
}
