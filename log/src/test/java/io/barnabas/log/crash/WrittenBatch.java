package io.barnabas.log.crash;

import io.barnabas.log.segment.Batches;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * A batch that was handed to a log, and the one that was the log's last by then. All batches of a log are a tree, since
 * truncations and crashes make it go on from an earlier end; what may be found in it is a path of that tree.
 */
final class WrittenBatch {
    private final WrittenBatch before;
    private final byte[] bytes;

    /** @param before null when the log was empty */
    WrittenBatch(WrittenBatch before, byte[] bytes) {
        this.before = before;
        this.bytes = bytes;
    }

    static byte[] copy(ByteBuf bytes, int at, int size) {
        byte[] copy = new byte[size];
        bytes.getBytes(at, copy);
        return copy;
    }

    WrittenBatch before() {
        return before;
    }

    ByteBuf buffer() {
        return Unpooled.wrappedBuffer(bytes);
    }

    long baseOffset() {
        return BatchHeader.baseOffset(buffer(), 0);
    }

    long lastOffset() {
        return BatchHeader.lastOffset(buffer(), 0);
    }

    boolean hasBytes(byte[] others) {
        return Arrays.equals(bytes, others);
    }

    /** Whether it is {@code other} or comes after it on a path. */
    boolean follows(WrittenBatch other) {
        WrittenBatch at = this;
        while (at != null && at != other) {
            at = at.before;
        }
        return at == other;
    }

    @Override
    public String toString() {
        return baseOffset() + "-" + lastOffset() + (Batches.isWhole(buffer(), 0) ? "" : " (damaged)");
    }
}
