package io.barnabas.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes strings out of UTF-8 in a buffer, allocating little more than the string: many one-character strings are the
 * dearest thing a short frame could ask for, so those are shared. What is no UTF-8 becomes U+FFFD, as in Kafka.
 */
final class Utf8 {
    private static final int SCRATCH_BYTES = 1024;
    private static final ThreadLocal<Utf8> SCRATCH = ThreadLocal.withInitial(Utf8::new);
    private static final String[] ASCII = new String[128];

    static {
        for (int i = 0; i < ASCII.length; i++) {
            ASCII[i] = String.valueOf((char) i);
        }
    }

    private final byte[] bytes = new byte[SCRATCH_BYTES];
    private final ByteBuffer in = ByteBuffer.wrap(bytes);
    private final CharBuffer out = CharBuffer.wrap(new char[SCRATCH_BYTES]);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    private Utf8() {}

    static String decode(ByteBuf buffer, int index, int length) {
        if (length == 0) {
            return "";
        }
        if (length == 1) {
            byte only = buffer.getByte(index);
            return only >= 0 ? ASCII[only] : "\uFFFD";
        }
        if (length > SCRATCH_BYTES) {
            byte[] copy = new byte[length];
            buffer.getBytes(index, copy);
            return new String(copy, StandardCharsets.UTF_8);
        }
        return SCRATCH.get().decodeShort(buffer, index, length);
    }

    private String decodeShort(ByteBuf buffer, int index, int length) {
        buffer.getBytes(index, bytes, 0, length);
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return decodeBeyondAscii(length);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private String decodeBeyondAscii(int length) {
        in.clear().limit(length);
        out.clear();
        decoder.reset().decode(in, out, true);
        decoder.flush(out);
        return new String(out.array(), 0, out.position());
    }
}
