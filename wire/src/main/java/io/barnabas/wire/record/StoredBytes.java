package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** The stream of codec "none": the bytes themselves. */
final class StoredBytes implements BlockDecoder {
    private final ByteBuf source;
    private int at;

    StoredBytes(ByteBuf source) {
        this.source = source;
        this.at = source.readerIndex();
    }

    @Override
    public int nextRoom() {
        return at < source.writerIndex() ? 1 : END;
    }

    @Override
    public void decode(ByteBuffer target) {
        int length = Math.min(target.remaining(), source.writerIndex() - at);
        target.put(source.nioBuffer(at, length));
        at += length;
    }

    @Override
    public void close() {
        source.release();
    }
}
