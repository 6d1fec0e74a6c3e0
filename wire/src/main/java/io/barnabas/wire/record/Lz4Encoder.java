package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;

/**
 * Writes one LZ4 frame of independent 64 KB blocks without checksums of content. Messages of format 0 get the header
 * checksum that the first clients computed, over too many bytes: they know no other.
 */
final class Lz4Encoder implements BlockEncoder {
    private final LZ4Compressor compressor;

    Lz4Encoder(ByteBuf target, int level, boolean format0) {
        compressor = Lz4Library.compressor(level);
        int frameAt = target.writerIndex();
        target.writeIntLE(Lz4Frame.MAGIC);
        target.writeByte(Lz4Frame.VERSION | Lz4Frame.INDEPENDENT_BLOCKS);
        target.writeByte(Lz4Frame.BLOCKS_OF_64_KB << 4);
        int hashedFrom = format0 ? frameAt : frameAt + Integer.BYTES;
        ByteBuffer hashed = target.nioBuffer(hashedFrom, target.writerIndex() - hashedFrom);
        target.writeByte(Lz4Library.headerChecksum(Lz4Library.HASH.hash(hashed, 0, hashed.remaining(), 0)));
    }

    static void load() {
        Lz4Library.headerChecksum(Lz4Library.HASH.hash(new byte[0], 0, 0, 0));
    }

    @Override
    public void write(ByteBuf piece, ByteBuf target) {
        for (int at = piece.readerIndex(); at < piece.writerIndex(); at += Lz4Frame.BLOCK_BYTES) {
            int length = Math.min(Lz4Frame.BLOCK_BYTES, piece.writerIndex() - at);
            block(piece.nioBuffer(at, length), target);
        }
    }

    @Override
    public void finish(ByteBuf target) {
        target.writeIntLE(0);
    }

    private void block(ByteBuffer source, ByteBuf target) {
        int lengthAt = target.writerIndex();
        int room = compressor.maxCompressedLength(source.remaining());
        target.writeIntLE(0).ensureWritable(room);
        int dataAt = lengthAt + Integer.BYTES;
        int length = compressor.compress(source, 0, source.remaining(), target.nioBuffer(dataAt, room), 0, room);
        if (length < source.remaining()) {
            target.setIntLE(lengthAt, length).writerIndex(dataAt + length);
        } else {
            target.setIntLE(lengthAt, source.remaining() | Lz4Frame.STORED).writeBytes(source);
        }
    }
}
