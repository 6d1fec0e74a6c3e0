package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes one gzip member (RFC 1952). */
final class GzipEncoder {
    /** Magic, method deflate, no flags, no time, nothing said about level and system. */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private static final int PIECE = 8 * 1024;

    private GzipEncoder() {}

    static void encode(ByteBuf source, ByteBuf target, int level) {
        target.writeBytes(HEADER);
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(source.nioBuffer());
            deflater.finish();
            while (!deflater.finished()) {
                target.ensureWritable(PIECE);
                ByteBuffer room = target.nioBuffer(target.writerIndex(), target.writableBytes());
                deflater.deflate(room);
                target.writerIndex(target.writerIndex() + room.position());
            }
        } finally {
            deflater.end();
        }
        CRC32 checksum = new CRC32();
        checksum.update(source.nioBuffer());
        target.writeIntLE((int) checksum.getValue());
        target.writeIntLE(source.readableBytes());
    }
}
