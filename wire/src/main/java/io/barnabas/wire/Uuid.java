package io.barnabas.wire;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** A topic id, directory id and the like: 16 bytes, printed as 22 characters of URL-safe base64 (KIP-516). */
public record Uuid(long mostSignificantBits, long leastSignificantBits) {
    /** Stands for "none". */
    public static final Uuid ZERO = new Uuid(0, 0);

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** A random (version 4) id; never zero and never one that starts with a dash, which tools would take for an option. */
    public static Uuid random(RandomGenerator random) {
        while (true) {
            Uuid uuid = new Uuid(
                    random.nextLong() & ~0xF000L | 0x4000L,
                    random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
            if (!uuid.toString().startsWith("-")) {
                return uuid;
            }
        }
    }

    /** Reads what {@link #toString} printed; fails with {@link IllegalArgumentException} on anything else. */
    public static Uuid fromString(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("'" + text + "' is not 16 bytes in base64");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Uuid(buffer.getLong(), buffer.getLong());
    }

    public boolean isZero() {
        return mostSignificantBits == 0 && leastSignificantBits == 0;
    }

    @Override
    public String toString() {
        return ENCODER.encodeToString(ByteBuffer.allocate(16)
                .putLong(mostSignificantBits)
                .putLong(leastSignificantBits)
                .array());
    }
}
