package io.barnabas.log.segment;

import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Walks the batches of a part of a log file, reading it in chunks; of batches larger than a chunk, and of the first,
 * which is often all that is wanted, it reads the headers only. Stops at the end or where no whole batch follows, and
 * stays there. Confined to one thread; may be started again and again.
 */
public final class BatchCursor {
    private ByteBuf chunk;
    private FileChannel channel;
    private int end;

    /** Position in the file of the chunk's first byte. */
    private int chunkPosition;

    private int position;
    private int size;

    /** What follows the next header in the file is probably not worth reading. */
    private boolean headersOnly;

    public BatchCursor(int chunkBytes) {
        this.chunk = Unpooled.wrappedBuffer(new byte[Math.max(chunkBytes, BatchHeader.HEADER_BYTES)]);
        chunk.writerIndex(0);
    }

    public BatchCursor start(FileChannel file, int from, int to) {
        channel = file;
        position = from;
        size = 0;
        headersOnly = true;
        end = to;
        chunkPosition = from;
        chunk.clear();
        return this;
    }

    /** Moves to the next batch; false when none that could be one lies before the end. */
    public boolean next() throws IOException {
        position += size;
        headersOnly = size == 0 ? headersOnly : size > chunk.capacity();
        size = 0;
        int left = end - position;
        if (left < Batches.SMALLEST_PREFIX || !holds(Math.min(left, BatchHeader.HEADER_BYTES))) {
            return false;
        }
        int at = at();
        int claimed = BatchHeader.sizeInBytes(chunk, at);
        byte magic = BatchHeader.magic(chunk, at);
        if (magic < 0 || magic > BatchHeader.MAGIC_V2 || claimed < Batches.smallestSize(magic) || claimed > left) {
            return false;
        }
        size = claimed;
        return true;
    }

    /** The buffer that holds the batch's header at {@link #at}; valid until the cursor moves. */
    public ByteBuf bytes() {
        return chunk;
    }

    public int at() {
        return position - chunkPosition;
    }

    /** Makes the whole batch available in {@link #bytes}; false when the file ends before it. */
    public boolean loadWhole() throws IOException {
        return holds(size);
    }

    /** Where the batch begins in the file; after the last one, where whatever follows begins. */
    public int position() {
        return position;
    }

    public int sizeInBytes() {
        return size;
    }

    public long baseOffset() {
        return BatchHeader.baseOffset(chunk, at());
    }

    public long lastOffset() {
        return Batches.lastOffset(chunk, at());
    }

    public long maxTimestamp() {
        return Batches.maxTimestamp(chunk, at());
    }

    private boolean holds(int bytes) throws IOException {
        int at = position - chunkPosition;
        if (at >= 0 && at + bytes <= chunk.writerIndex()) {
            return true;
        }
        if (bytes > chunk.capacity()) {
            chunk = Unpooled.wrappedBuffer(new byte[bytes]);
        }
        chunk.clear();
        chunkPosition = position;
        int wanted = Math.min(headersOnly ? bytes : chunk.capacity(), end - position);
        while (chunk.writerIndex() < wanted) {
            int read = chunk.writeBytes(channel, (long) position + chunk.writerIndex(), wanted - chunk.writerIndex());
            if (read < 0) {
                break;
            }
        }
        return bytes <= chunk.writerIndex();
    }
}
