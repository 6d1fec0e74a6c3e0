package io.barnabas.log.cleaner;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The last offset of each key, for as many keys as fit: a key is its MD5, so that the memory for one is the same however
 * long it is. Confined to one thread; may be cleared and filled again.
 */
final class OffsetMap {
    static final int SLOT_BYTES = 24;
    static final long UNKNOWN = -1;

    private static final int WORDS = 3;
    private static final int MOST_SLOTS = (Integer.MAX_VALUE - 8) / WORDS;
    private static final int DIGEST_BYTES = 16;

    /** Each slot: both halves of the digest, then the offset plus one; zero there means that the slot is free. */
    private final long[] table;

    private final int slots;
    private final int maxKeys;
    private final MessageDigest md5;
    private final ByteBuffer digest = ByteBuffer.allocate(DIGEST_BYTES);
    private int keys;

    /** Takes at most {@code bytes} of memory and fills at most this share of it. */
    OffsetMap(long bytes, double loadFactor) {
        slots = (int) Math.min(MOST_SLOTS, Math.max(2, bytes / SLOT_BYTES));
        maxKeys = Math.min(slots - 1, Math.max(1, (int) (slots * loadFactor)));
        table = new long[slots * WORDS];
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** How much memory {@code keys} keys take. */
    static long bytesFor(long keys, double loadFactor) {
        double bytes = (keys / Math.max(loadFactor, 0.01) + 2) * SLOT_BYTES;
        return (long) Math.min(bytes, Long.MAX_VALUE);
    }

    int slots() {
        return slots;
    }

    int keys() {
        return keys;
    }

    boolean isFull() {
        return keys >= maxKeys;
    }

    /** The share of slots that are taken. */
    double utilization() {
        return (double) keys / slots;
    }

    void clear() {
        Arrays.fill(table, 0);
        keys = 0;
    }

    /** Only while it is not full. The key is read to its end. */
    void put(ByteBuffer key, long offset) {
        int at = find(key);
        if (table[at + 2] == 0) {
            table[at] = digest.getLong(0);
            table[at + 1] = digest.getLong(Long.BYTES);
            keys++;
        }
        table[at + 2] = offset + 1;
    }

    /** {@link #UNKNOWN} when the key is not here. */
    long lastOffset(ByteBuffer key) {
        return table[find(key) + 2] - 1;
    }

    /** Where the key is, or the free slot where it would be. */
    private int find(ByteBuffer key) {
        md5.update(key);
        digest.clear().put(md5.digest());
        long high = digest.getLong(0);
        long low = digest.getLong(Long.BYTES);
        int slot = (int) Long.remainderUnsigned(high, slots);
        while (true) {
            int at = slot * WORDS;
            if (table[at + 2] == 0 || table[at] == high && table[at + 1] == low) {
                return at;
            }
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
    }
}
