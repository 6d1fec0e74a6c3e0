package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.EncodedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Requests and answers as bytes, without their length field. */
public final class Frames {
    private Frames() {}

    public static ByteBuf request(int correlationId, String clientId, int version, ApiMessage body) {
        return bytes(
                EncodedFrame.request(correlationId, clientId, (short) version, body, UnpooledByteBufAllocator.DEFAULT));
    }

    public static ByteBuf response(RequestContext context, ApiMessage body) {
        return bytes(EncodedFrame.response(
                context.correlationId(),
                context.apiKey(),
                context.apiVersion(),
                body,
                UnpooledByteBufAllocator.DEFAULT));
    }

    private static ByteBuf bytes(EncodedFrame frame) {
        ByteBuf bytes = Unpooled.buffer();
        frame.parts().forEach(part -> bytes.writeBytes((ByteBuf) part));
        frame.release();
        return bytes.skipBytes(Integer.BYTES);
    }
}
