package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * What can be read, can be written, and read again as the same: for any bytes, which choose their message themselves.
 * (What is refused is none of its business, as long as it is refused cleanly.)
 */
final class RoundTrip {
    static final int CHOICE_BYTES = 3;

    private RoundTrip() {}

    /** @return whether the bytes were a message */
    static boolean check(byte[] input) {
        if (input.length < CHOICE_BYTES) {
            return false;
        }
        ApiKey key = ApiKey.values()[(input[0] & 0xFF) % ApiKey.values().length];
        int versions = key.highestVersion() - key.lowestVersion() + 1;
        short version = (short) (key.lowestVersion() + (input[1] & 0xFF) % versions);
        boolean isRequest = input[2] % 2 == 0;
        byte[] frame = Arrays.copyOfRange(input, CHOICE_BYTES, input.length);
        ApiMessage message;
        try {
            message = read(key, isRequest, version, frame);
        } catch (MalformedMessageException refused) {
            return false;
        }
        int size = message.sizeInBytes(version);
        byte[] written = new TestedMessage(message.getClass(), version).write(message);
        assertThat(written).hasSize(size);
        // Writing gave the records away, so what was read is read once more.
        assertThat(read(key, isRequest, version, written)).isEqualTo(read(key, isRequest, version, frame));
        assertThat(message.toString()).startsWith(message.getClass().getSimpleName());
        return true;
    }

    private static ApiMessage read(ApiKey key, boolean isRequest, short version, byte[] frame) {
        ByteBuf buffer = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(frame));
        ByteReader in = new ByteReader(buffer);
        return isRequest ? key.readRequest(in, version) : key.readResponse(in, version);
    }
}
