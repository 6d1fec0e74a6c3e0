package io.barnabas.compat.differential;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Bytes put together by hand, for what a correct encoder cannot write. One owner. */
final class Bytes {
    private static final int CORRELATION_ID = 7;

    private final ByteBuf bytes = Unpooled.buffer();
    private final boolean hasLength;

    private Bytes(boolean hasLength) {
        this.hasLength = hasLength;
    }

    /** Nothing yet. */
    static Bytes of() {
        return new Bytes(false);
    }

    /** A frame whose length comes by itself, with the header up to the correlation id; the client id has to follow. */
    static Bytes request(int key, int version) {
        return new Bytes(true).int16(key).int16(version).int32(CORRELATION_ID);
    }

    Bytes int8(int value) {
        bytes.writeByte(value);
        return this;
    }

    Bytes int16(int value) {
        bytes.writeShort(value);
        return this;
    }

    Bytes int32(int value) {
        bytes.writeInt(value);
        return this;
    }

    byte[] toArray() {
        byte[] content = ByteBufUtil.getBytes(bytes);
        return hasLength ? Bytes.of().int32(content.length).with(content).toArray() : content;
    }

    private Bytes with(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }
}
