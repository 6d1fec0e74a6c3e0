package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/** Writes the framing of snappy-java in blocks of 32 KB. */
final class SnappyEncoder implements BlockEncoder {
    SnappyEncoder(ByteBuf target) {
        target.writeLong(SnappyFrame.MAGIC).writeInt(SnappyFrame.VERSION).writeInt(SnappyFrame.VERSION);
    }

    /** Fails with an error of snappy-java's own where its native library cannot be loaded. */
    static void load() {
        Snappy.maxCompressedLength(0);
    }

    @Override
    public void write(ByteBuf piece, ByteBuf target) {
        for (int at = piece.readerIndex(); at < piece.writerIndex(); at += SnappyFrame.BLOCK_BYTES) {
            int length = Math.min(SnappyFrame.BLOCK_BYTES, piece.writerIndex() - at);
            block(piece.nioBuffer(at, length), target);
        }
    }

    @Override
    public void finish(ByteBuf target) {
        // The last block ends the stream.
    }

    private static void block(ByteBuffer source, ByteBuf target) {
        int lengthAt = target.writerIndex();
        int room = Snappy.maxCompressedLength(source.remaining());
        target.writeInt(0).ensureWritable(room);
        try {
            int length = Snappy.compress(source, target.nioBuffer(lengthAt + Integer.BYTES, room));
            target.setInt(lengthAt, length).writerIndex(lengthAt + Integer.BYTES + length);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
