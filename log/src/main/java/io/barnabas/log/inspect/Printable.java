package io.barnabas.log.inspect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of users as text: as it is where it is text, else as hexadecimal digits behind {@code 0x}. Stateless. */
final class Printable {
    private Printable() {}

    /** Null for null. */
    static String of(ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            if (text.codePoints().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException noText) {
            // Then it is printed as what it is.
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return "0x" + HexFormat.of().formatHex(copy);
    }

    static String of(byte[] bytes) {
        return bytes == null ? null : of(ByteBuffer.wrap(bytes));
    }
}
