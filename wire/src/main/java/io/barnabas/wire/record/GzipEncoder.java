package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes one gzip member (RFC 1952). */
final class GzipEncoder implements BlockEncoder {
    /** Magic, method deflate, no flags, no time, nothing said about level and system. */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private static final int ROOM = 8 * 1024;

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();

    GzipEncoder(ByteBuf target, int level) {
        deflater = new Deflater(level, true);
        target.writeBytes(HEADER);
    }

    @Override
    public void write(ByteBuf piece, ByteBuf target) {
        deflater.setInput(piece.nioBuffer());
        while (!deflater.needsInput()) {
            deflate(target);
        }
        checksum.update(piece.nioBuffer());
    }

    @Override
    public void finish(ByteBuf target) {
        deflater.finish();
        while (!deflater.finished()) {
            deflate(target);
        }
        target.writeIntLE((int) checksum.getValue());
        target.writeIntLE((int) deflater.getBytesRead());
    }

    @Override
    public void close() {
        deflater.end();
    }

    private void deflate(ByteBuf target) {
        target.ensureWritable(ROOM);
        ByteBuffer room = target.nioBuffer(target.writerIndex(), target.writableBytes());
        deflater.deflate(room);
        target.writerIndex(target.writerIndex() + room.position());
    }
}
