package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;

/** Writes one LZ4 frame of independent 64 KB blocks without checksums of content. */
final class Lz4Encoder {
    private Lz4Encoder() {}

    static void load() {
        Lz4Library.headerChecksum(Lz4Library.HASH.hash(new byte[0], 0, 0, 0));
    }

    static void encode(ByteBuf source, ByteBuf target, int level) {
        writeHeader(target);
        LZ4Compressor compressor = Lz4Library.compressor(level);
        for (int at = source.readerIndex(); at < source.writerIndex(); at += Lz4Frame.BLOCK_BYTES) {
            int length = Math.min(Lz4Frame.BLOCK_BYTES, source.writerIndex() - at);
            block(compressor, source.nioBuffer(at, length), target);
        }
        target.writeIntLE(0);
    }

    private static void writeHeader(ByteBuf target) {
        byte[] descriptor = {Lz4Frame.VERSION | Lz4Frame.INDEPENDENT_BLOCKS, Lz4Frame.BLOCKS_OF_64_KB << 4};
        target.writeIntLE(Lz4Frame.MAGIC).writeBytes(descriptor);
        target.writeByte(Lz4Library.headerChecksum(Lz4Library.HASH.hash(descriptor, 0, descriptor.length, 0)));
    }

    private static void block(LZ4Compressor compressor, ByteBuffer source, ByteBuf target) {
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
