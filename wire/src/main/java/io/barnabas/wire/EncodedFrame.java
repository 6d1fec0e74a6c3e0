package io.barnabas.wire;

import io.barnabas.wire.message.RequestHeader;
import io.barnabas.wire.message.ResponseHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * A message ready to be sent: length, header and body, with records left where they lie. Whoever holds a frame sends
 * each part, which releases it, or calls {@link #release}.
 *
 * @param parts {@link ByteBuf}s, {@link RecordsRef.FileSlice}s and {@link RecordsRef.Pieces}, in order
 * @param sizeInBytes of all parts
 */
public record EncodedFrame(List<Object> parts, int sizeInBytes) {
    private static final int LENGTH_BYTES = 4;

    /** What is encoded without records rarely needs more; a larger message without records makes the buffer grow. */
    private static final int FIRST_BUFFER_BYTES = 4096;

    /** The records within the body pass to the frame. */
    public static EncodedFrame response(
            int correlationId, ApiKey key, short version, ApiMessage body, ByteBufAllocator allocator) {
        ResponseHeader header = new ResponseHeader().correlationId(correlationId);
        return encode(header, key.responseHeaderVersion(version), body, version, allocator);
    }

    /** The records within the body pass to the frame. */
    public static EncodedFrame request(
            int correlationId, String clientId, short version, ApiMessage body, ByteBufAllocator allocator) {
        ApiKey key = body.apiKey();
        RequestHeader header = new RequestHeader()
                .requestApiKey(key.id())
                .requestApiVersion(version)
                .correlationId(correlationId)
                .clientId(clientId);
        return encode(header, key.requestHeaderVersion(version), body, version, allocator);
    }

    private static EncodedFrame encode(
            Message header, short headerVersion, Message body, short version, ByteBufAllocator allocator) {
        int length = Math.addExact(header.sizeInBytes(headerVersion), body.sizeInBytes(version));
        int size = Math.addExact(LENGTH_BYTES, length);
        ByteWriter out = new ByteWriter(allocator.buffer(Math.min(size, FIRST_BUFFER_BYTES)));
        try {
            out.writeInt32(length);
            header.write(out, headerVersion);
            body.write(out, version);
            if (out.size() != size) {
                throw new IllegalStateException(body.getClass().getSimpleName() + " v" + version + " announced " + size
                        + " bytes and wrote " + out.size());
            }
        } catch (RuntimeException e) {
            out.abandon();
            throw e;
        }
        return new EncodedFrame(out.finish(), size);
    }

    /** For a frame that will not be sent. */
    public void release() {
        for (Object part : parts) {
            if (part instanceof ByteBuf bytes) {
                bytes.release();
            } else {
                ((RecordsRef) part).release();
            }
        }
    }
}
