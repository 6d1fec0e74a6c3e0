package io.barnabas.log.segment;

import io.barnabas.log.AbortedTransaction;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The entries of a transaction index as its file holds them: {@code version:2 producerId:8 firstOffset:8 lastOffset:8
 * lastStableOffset:8}, in the order of their last offsets. Immutable for whoever has it: entries are added behind
 * those it shows, by one thread at a time.
 */
public final class AbortedEntries {
    static final int ENTRY_BYTES = 34;
    static final AbortedEntries EMPTY = new AbortedEntries(ByteBuffer.allocate(0), 0);

    private static final short VERSION = 0;
    private static final int FIRST_CAPACITY = 8;
    private static final int PRODUCER_ID_AT = 2;
    private static final int FIRST_OFFSET_AT = 10;
    private static final int LAST_OFFSET_AT = 18;
    private static final int LAST_STABLE_OFFSET_AT = 26;

    private final ByteBuffer bytes;
    private final int count;

    private AbortedEntries(ByteBuffer bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /** Null when the bytes are none of a segment that begins at {@code baseOffset}. */
    static AbortedEntries read(ByteBuffer file, long baseOffset) {
        if (file.remaining() % ENTRY_BYTES != 0) {
            return null;
        }
        AbortedEntries entries = new AbortedEntries(file, file.remaining() / ENTRY_BYTES);
        long previous = baseOffset - 1;
        for (int i = 0; i < entries.count; i++) {
            boolean isOfThisVersion = file.getShort(i * ENTRY_BYTES) == VERSION;
            if (!isOfThisVersion || entries.lastOffset(i) <= previous) {
                return null;
            }
            previous = entries.lastOffset(i);
        }
        return entries;
    }

    static AbortedEntries of(List<AbortedTransaction> transactions) {
        AbortedEntries entries = EMPTY;
        for (AbortedTransaction one : transactions) {
            entries = entries.with(one);
        }
        return entries;
    }

    /** These and one more. Only ever called on the newest. */
    AbortedEntries with(AbortedTransaction one) {
        ByteBuffer room = bytes;
        int end = count * ENTRY_BYTES;
        if (room.capacity() < end + ENTRY_BYTES) {
            room = ByteBuffer.allocate(Math.max(FIRST_CAPACITY * ENTRY_BYTES, 2 * end));
            room.put(0, bytes, 0, end);
        }
        room.putShort(end, VERSION)
                .putLong(end + PRODUCER_ID_AT, one.producerId())
                .putLong(end + FIRST_OFFSET_AT, one.firstOffset())
                .putLong(end + LAST_OFFSET_AT, one.lastOffset())
                .putLong(end + LAST_STABLE_OFFSET_AT, one.lastStableOffset());
        return new AbortedEntries(room, count + 1);
    }

    public int count() {
        return count;
    }

    /** The entries from {@code first} on, as the file holds them. */
    ByteBuffer write(int first) {
        return bytes.duplicate()
                .limit(count * ENTRY_BYTES)
                .position(first * ENTRY_BYTES)
                .slice();
    }

    /** Those whose marker lies before {@code offset}. */
    AbortedEntries below(long offset) {
        int kept = firstEndingFrom(offset);
        ByteBuffer copy = ByteBuffer.allocate(kept * ENTRY_BYTES).put(0, bytes, 0, kept * ENTRY_BYTES);
        return new AbortedEntries(copy, kept);
    }

    /**
     * Adds to {@code found} what a reader of {@code [from, upTo)} must know; false when later segments cannot have any
     * more of it.
     */
    boolean collect(long from, long upTo, List<AbortedTransaction> found) {
        for (int i = firstEndingFrom(from); i < count; i++) {
            AbortedTransaction one = get(i);
            if (one.firstOffset() < upTo) {
                found.add(one);
            }
            if (one.lastStableOffset() >= upTo) {
                return false;
            }
        }
        return true;
    }

    private int firstEndingFrom(long offset) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lastOffset(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long lastOffset(int entry) {
        return bytes.getLong(entry * ENTRY_BYTES + LAST_OFFSET_AT);
    }

    private AbortedTransaction get(int entry) {
        int at = entry * ENTRY_BYTES;
        return new AbortedTransaction(
                bytes.getLong(at + PRODUCER_ID_AT),
                bytes.getLong(at + FIRST_OFFSET_AT),
                bytes.getLong(at + LAST_OFFSET_AT),
                bytes.getLong(at + LAST_STABLE_OFFSET_AT));
    }
}
