package io.barnabas.wire;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;

/**
 * Record batches that are not part of a decoded object graph: a slice of the network buffer going in, a slice of a
 * segment file going out, or pieces that are made while they are sent. Whoever holds one releases it exactly once.
 */
public sealed interface RecordsRef permits RecordsRef.Buffer, RecordsRef.FileSlice, RecordsRef.Pieces {

    int sizeInBytes();

    void release();

    /** No records at all; releasing it does nothing. */
    static RecordsRef empty() {
        return Buffer.EMPTY;
    }

    /** Bytes in memory, between the buffer's reader and writer index. */
    record Buffer(ByteBuf bytes) implements RecordsRef {
        private static final Buffer EMPTY = new Buffer(io.netty.buffer.Unpooled.EMPTY_BUFFER);

        @Override
        public int sizeInBytes() {
            return bytes.readableBytes();
        }

        @Override
        public void release() {
            bytes.release();
        }
    }

    /**
     * Bytes of a file, sent without a copy where the transport can.
     *
     * @param position of the first byte in the file
     * @param onRelease gives the file handle back
     */
    record FileSlice(FileChannel channel, long position, int sizeInBytes, Runnable onRelease) implements RecordsRef {
        @Override
        public void release() {
            onRelease.run();
        }
    }

    /** Bytes that come to be only while they are sent, a piece at a time, so that they never are in memory together. */
    non-sealed interface Pieces extends RecordsRef {
        /**
         * The next piece, which is not empty and the caller's to release. Called until all announced bytes have come,
         * never by two threads at once nor after the release; on a thread that may wait for a disk.
         */
        ByteBuf next();
    }
}
