package io.barnabas.wire.record;

import io.barnabas.runtime.Invariants;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/**
 * The framing of snappy-java: a header, then blocks with their length before them; concatenated streams repeat the
 * header. Bytes without the header are one bare block, as some clients send it.
 */
final class SnappyDecoder implements BlockDecoder {
    /** The most that one byte can stand for is a three-byte copy of 64 bytes. */
    private static final int HIGHEST_RATIO = 22;

    private final ByteBuf source;
    private final int end;
    private int blockAt;
    private int blockBytes;
    private int expandedBytes;
    private boolean bare;

    SnappyDecoder(ByteBuf source) {
        this.source = source;
        this.blockAt = source.readerIndex();
        this.end = source.writerIndex();
        if (startsWithHeader()) {
            nextBlock(blockAt + SnappyFrame.HEADER_BYTES);
        } else {
            bare = true;
            blockBytes = end - blockAt;
        }
    }

    @Override
    public int nextRoom() {
        if (blockBytes == END) {
            return END;
        }
        expandedBytes = announcedBytes();
        if (expandedBytes < 0 || expandedBytes > (long) blockBytes * HIGHEST_RATIO) {
            throw UnreadableRecordsException.undecodable("snappy: impossible block length " + expandedBytes);
        }
        return Math.max(1, expandedBytes);
    }

    @Override
    public void decode(ByteBuffer target) {
        // The native code takes no notice of the buffer's limit.
        Invariants.check(
                expandedBytes <= target.remaining(),
                "a block of %s bytes, room for %s",
                expandedBytes,
                target.remaining());
        try {
            int written = Snappy.uncompress(source.nioBuffer(blockAt, blockBytes), target.slice());
            target.position(target.position() + written);
        } catch (IOException wrong) {
            throw UnreadableRecordsException.undecodable("snappy: " + wrong.getMessage(), wrong);
        }
        if (bare) {
            blockBytes = END;
        } else {
            nextBlock(blockAt + blockBytes);
        }
    }

    @Override
    public void close() {
        source.release();
    }

    private int announcedBytes() {
        try {
            return Snappy.uncompressedLength(source.nioBuffer(blockAt, blockBytes));
        } catch (IOException wrong) {
            throw UnreadableRecordsException.undecodable("snappy: " + wrong.getMessage(), wrong);
        }
    }

    private boolean startsWithHeader() {
        return end - blockAt >= SnappyFrame.HEADER_BYTES && source.getLong(blockAt) == SnappyFrame.MAGIC;
    }

    /** Reads the length at the index; a few bytes too little for one are the end, as snappy-java takes them. */
    private void nextBlock(int lengthAt) {
        int at = lengthAt;
        while (end - at >= SnappyFrame.HEADER_BYTES && source.getLong(at) == SnappyFrame.MAGIC) {
            at += SnappyFrame.HEADER_BYTES;
        }
        if (end - at < Integer.BYTES) {
            blockBytes = END;
            return;
        }
        blockBytes = source.getInt(at);
        blockAt = at + Integer.BYTES;
        if (blockBytes < 0 || blockBytes > end - blockAt) {
            throw UnreadableRecordsException.undecodable("snappy: a block of " + blockBytes + " bytes is cut off");
        }
    }
}
