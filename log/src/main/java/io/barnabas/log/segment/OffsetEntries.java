package io.barnabas.log.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where batches begin: pairs of a batch's last offset (relative to the segment) and its position in the file, both
 * rising. One thread at a time adds; any thread reads at the same time and sees whole entries only. Entries never
 * change, so taking some away makes a new object.
 */
final class OffsetEntries implements IndexEntries<OffsetEntries> {
    /** Bytes of one entry in the file: two int32. */
    static final int ENTRY_BYTES = 8;

    private static final long[] NONE = {};

    private volatile long[] entries;
    private volatile int count;

    OffsetEntries() {
        this(NONE, 0);
    }

    private OffsetEntries(long[] entries, int count) {
        this.entries = entries;
        this.count = count;
    }

    /** Reads entries as the file holds them; null when they do not rise or point beyond {@code logBytes}. */
    static OffsetEntries read(ByteBuffer file, int logBytes) {
        int count = file.remaining() / ENTRY_BYTES;
        long[] entries = new long[count];
        long previous = -1;
        int previousPosition = -1;
        for (int i = 0; i < count; i++) {
            int relativeOffset = file.getInt();
            int position = file.getInt();
            if (relativeOffset <= previous || position <= previousPosition || position >= logBytes) {
                return null;
            }
            entries[i] = pack(relativeOffset, position);
            previous = relativeOffset;
            previousPosition = position;
        }
        return new OffsetEntries(entries, count);
    }

    void add(int relativeOffset, int position) {
        int at = count;
        if (at == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(16, at * 2));
        }
        entries[at] = pack(relativeOffset, position);
        count = at + 1;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int entryBytes() {
        return ENTRY_BYTES;
    }

    int relativeOffset(int entry) {
        return (int) (entries[entry] >>> 32);
    }

    int position(int entry) {
        return (int) entries[entry];
    }

    /** The last entry with an offset of at most {@code relativeOffset}, or -1. */
    int floor(int relativeOffset) {
        int size = count;
        return IndexEntries.floor(entries, size, pack(relativeOffset, -1));
    }

    /** The position of the first entry at or after {@code position}, or -1 when there is none. */
    int firstPositionFrom(int position) {
        int entry = firstEntryFrom(position);
        return entry < 0 ? -1 : position(entry);
    }

    /** The first entry with a position at or after {@code position}, or -1 when there is none. */
    int firstEntryFrom(int position) {
        int size = count;
        long[] all = entries;
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((int) all[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < size ? low : -1;
    }

    @Override
    public OffsetEntries below(int relativeOffset) {
        int kept = relativeOffset <= 0 ? 0 : floor(relativeOffset - 1) + 1;
        return new OffsetEntries(Arrays.copyOf(entries, kept), kept);
    }

    /** The last {@code wanted} of them. */
    OffsetEntries last(int wanted) {
        int size = count;
        int from = Math.max(0, size - wanted);
        long[] copy = new long[Math.max(16, 2 * wanted)];
        System.arraycopy(entries, from, copy, 0, size - from);
        return new OffsetEntries(copy, size - from);
    }

    @Override
    public ByteBuffer write(int first, int end) {
        ByteBuffer out = ByteBuffer.allocate((end - first) * ENTRY_BYTES);
        for (int i = first; i < end; i++) {
            out.putLong(entries[i]);
        }
        return out.flip();
    }

    @Override
    public int sizeInMemory() {
        return entries.length * Long.BYTES + 32;
    }

    private static long pack(int relativeOffset, int position) {
        return (long) relativeOffset << 32 | position & 0xFFFF_FFFFL;
    }
}
