package io.barnabas.bench.load;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.EncodedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;

/** Requests as they go over the wire, in memory that sockets take without a copy. Stateless. */
final class Frames {
    /** Where the number of a request stands in its frame. */
    private static final int CORRELATION_ID = 8;

    private static final String CLIENT_ID = "bench";

    private Frames() {}

    static ByteBuffer encode(ApiMessage request, short version) {
        EncodedFrame encoded = EncodedFrame.request(0, CLIENT_ID, version, request, UnpooledByteBufAllocator.DEFAULT);
        ByteBuffer frame = ByteBuffer.allocateDirect(encoded.sizeInBytes());
        for (Object part : encoded.parts()) {
            ByteBuf bytes = (ByteBuf) part;
            frame.put(bytes.nioBuffer());
            bytes.release();
        }
        return frame.flip();
    }

    static void number(ByteBuffer frame, int correlationId) {
        frame.putInt(CORRELATION_ID, correlationId);
    }

    /** Where the bytes of a batch begin within a frame. */
    static int find(ByteBuffer frame, ByteBuf batch) {
        for (int at = 0; at + batch.readableBytes() <= frame.limit(); at++) {
            if (batch.nioBuffer().equals(frame.slice(at, batch.readableBytes()))) {
                return at;
            }
        }
        throw new IllegalStateException("the frame does not hold its batch");
    }
}
