package io.barnabas.wire.record;

import com.github.luben.zstd.Zstd;
import io.netty.buffer.ByteBuf;

/** Writes one zstd frame. */
final class ZstdEncoder {
    private ZstdEncoder() {}

    static void load() {
        Zstd.defaultCompressionLevel();
    }

    static void encode(ByteBuf source, ByteBuf target, int level) {
        int length = source.readableBytes();
        int room = Math.toIntExact(Zstd.compressBound(length));
        target.ensureWritable(room);
        int at = target.writerIndex();
        long written = Zstd.compressDirectByteBuffer(
                target.nioBuffer(at, room), 0, room, source.nioBuffer(), 0, length, level);
        if (Zstd.isError(written)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(written));
        }
        target.writerIndex(at + (int) written);
    }
}
