package io.barnabas.wire.record;

import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.RecordsRef.FileSlice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/**
 * Whole batches of records that lie somewhere, read in chunks; the batch that is cut off at the end is left out. It
 * does not own the records. Confined to one thread, which may have to wait for the disk.
 */
final class StoredBatches {
    /** At least one batch comes at a time, however large it is, and no more than these if they are smaller. */
    static final int CHUNK_BYTES = 128 * 1024;

    /** As much as a length, and the format, need to be seen. */
    private static final int HEAD_BYTES = 17;

    private final RecordsRef records;
    private final ByteBufAllocator allocator;
    private int at;

    StoredBatches(RecordsRef records, ByteBufAllocator allocator) {
        this.records = records;
        this.allocator = allocator;
    }

    /** Counted from the first byte: where the next batches begin. */
    int position() {
        return at;
    }

    void continueAt(int position) {
        at = position;
    }

    /**
     * The next batches, which the caller releases; null when no whole one follows. Throws
     * {@link UnreadableRecordsException} when what follows is no batch.
     */
    ByteBuf next() throws IOException {
        int left = records.sizeInBytes() - at;
        ByteBuf chunk = read(Math.min(CHUNK_BYTES, left));
        try {
            int first = wholeBatchSize(chunk, left);
            if (first < 0) {
                return null;
            }
            if (first > chunk.readableBytes()) {
                chunk.release();
                chunk = read(first);
            }
            int end = endOfWholeOnes(chunk, first);
            if (end < first) {
                return null;
            }
            at += end;
            return chunk.writerIndex(end).retain();
        } finally {
            chunk.release();
        }
    }

    /** Of the batch that the chunk begins with, which may end behind the chunk; negative when it ends behind all. */
    private static int wholeBatchSize(ByteBuf chunk, int left) {
        int inChunk = BatchHeader.wholeBatchSize(chunk, 0, chunk.writerIndex());
        if (inChunk >= 0 || chunk.readableBytes() < HEAD_BYTES) {
            return inChunk;
        }
        int size = BatchHeader.sizeInBytes(chunk, 0);
        return size > left ? -1 : size;
    }

    private static int endOfWholeOnes(ByteBuf chunk, int firstSize) {
        int end = Math.min(firstSize, chunk.readableBytes());
        try {
            int size = BatchHeader.wholeBatchSize(chunk, end, chunk.writerIndex());
            while (size >= 0) {
                end += size;
                size = BatchHeader.wholeBatchSize(chunk, end, chunk.writerIndex());
            }
        } catch (UnreadableRecordsException atTheNext) {
            // What comes before it can be read; the next call begins with it.
            return end;
        }
        return end;
    }

    /** Fewer bytes than that only where a file ends early. */
    private ByteBuf read(int length) throws IOException {
        ByteBuf bytes = allocator.directBuffer(Math.max(1, length));
        try {
            if (records instanceof FileSlice slice) {
                readFrom(slice, length, bytes);
            } else if (records instanceof RecordsRef.Buffer inMemory) {
                bytes.writeBytes(inMemory.bytes(), inMemory.bytes().readerIndex() + at, length);
            }
            return bytes.retain();
        } finally {
            bytes.release();
        }
    }

    private void readFrom(FileSlice slice, int length, ByteBuf bytes) throws IOException {
        while (bytes.writerIndex() < length) {
            long position = slice.position() + at + bytes.writerIndex();
            if (bytes.writeBytes(slice.channel(), position, length - bytes.writerIndex()) < 0) {
                return;
            }
        }
    }
}
