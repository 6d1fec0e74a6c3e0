package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * A compressed stream, read piece by piece and never further than its bound: whoever sends a few bytes that stand for
 * gigabytes gets an {@link UnreadableRecordsException}. One owner, who closes it.
 */
final class Decompressor implements AutoCloseable {
    static final int END = BlockDecoder.END;

    /** An lz4 frame says how large its blocks may be, not how large they are; room for one is no sign of a bomb. */
    private static final int LARGEST_ANNOUNCED_BLOCK = Lz4Frame.LARGEST_BLOCK;

    /** Keeps sums of two lengths below what an int can hold. */
    private static final int LARGEST_BOUND = 1 << 30;

    private static final int PIECE = 16 * 1024;

    private final BlockDecoder decoder;
    private final int maxExpandedBytes;
    private int left;

    Decompressor(BlockDecoder decoder, int maxExpandedBytes) {
        this.decoder = decoder;
        this.maxExpandedBytes = Math.min(maxExpandedBytes, LARGEST_BOUND);
        this.left = this.maxExpandedBytes;
    }

    /** How many bytes of room the next {@link #read} needs at least; {@link #END} when the stream has ended. */
    int nextRoom() {
        int room = decoder.nextRoom();
        if (room > Math.max(left, LARGEST_ANNOUNCED_BLOCK)) {
            throw UnreadableRecordsException.expandsTooFar(maxExpandedBytes);
        }
        return room;
    }

    /** Decompresses the next piece and moves the target's position. */
    void read(ByteBuffer target) {
        int from = target.position();
        decoder.decode(target);
        left -= target.position() - from;
        if (left < 0) {
            throw UnreadableRecordsException.expandsTooFar(maxExpandedBytes);
        }
    }

    /** Appends all that is left. */
    void drainTo(ByteBuf all) {
        for (int room = nextRoom(); room != END; room = nextRoom()) {
            all.ensureWritable(Math.max(room, PIECE));
            ByteBuffer target = all.nioBuffer(all.writerIndex(), all.writableBytes());
            read(target);
            all.writerIndex(all.writerIndex() + target.position());
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
