package io.barnabas.log.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The youngest timestamp so far and the last offset of the batch that carries it (relative to the segment); timestamps
 * rise. One thread at a time adds; any thread reads at the same time and sees whole entries only. Entries never change,
 * so taking some away makes a new object.
 */
final class TimeEntries implements IndexEntries<TimeEntries> {
    /** Bytes of one entry in the file: int64 and int32. */
    static final int ENTRY_BYTES = 12;

    /** Both arrays together, so that a reader never mixes two generations. */
    private record Columns(long[] timestamps, int[] offsets) {
        Columns(int capacity) {
            this(new long[capacity], new int[capacity]);
        }

        Columns resized(int capacity) {
            return new Columns(Arrays.copyOf(timestamps, capacity), Arrays.copyOf(offsets, capacity));
        }
    }

    private static final Columns NONE = new Columns(0);

    private volatile Columns columns;
    private volatile int count;

    TimeEntries() {
        this(NONE, 0);
    }

    private TimeEntries(Columns columns, int count) {
        this.columns = columns;
        this.count = count;
    }

    /** Reads entries as the file holds them; null when they do not rise. */
    static TimeEntries read(ByteBuffer file) {
        int count = file.remaining() / ENTRY_BYTES;
        Columns columns = new Columns(count);
        for (int i = 0; i < count; i++) {
            columns.timestamps[i] = file.getLong();
            columns.offsets[i] = file.getInt();
            if (i > 0
                    && (columns.timestamps[i] <= columns.timestamps[i - 1]
                            || columns.offsets[i] < columns.offsets[i - 1])) {
                return null;
            }
        }
        return new TimeEntries(columns, count);
    }

    /** The index keeps one entry a timestamp, and none for records without one. */
    void addIfYounger(long timestamp, int relativeOffset) {
        int last = count - 1;
        boolean younger = last < 0 ? timestamp >= 0 : timestamp > columns.timestamps[last];
        if (younger && (last < 0 || relativeOffset >= columns.offsets[last])) {
            add(timestamp, relativeOffset);
        }
    }

    void add(long timestamp, int relativeOffset) {
        int at = count;
        Columns now = columns;
        if (at == now.timestamps.length) {
            now = now.resized(Math.max(8, at * 2));
        }
        now.timestamps[at] = timestamp;
        now.offsets[at] = relativeOffset;
        columns = now;
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

    long timestamp(int entry) {
        return columns.timestamps[entry];
    }

    int relativeOffset(int entry) {
        return columns.offsets[entry];
    }

    /** The last entry with a timestamp of at most {@code timestamp}, or -1. */
    int floor(long timestamp) {
        int size = count;
        return IndexEntries.floor(columns.timestamps, size, timestamp);
    }

    @Override
    public TimeEntries below(int relativeOffset) {
        int kept = count;
        while (kept > 0 && columns.offsets[kept - 1] >= relativeOffset) {
            kept--;
        }
        return new TimeEntries(columns.resized(kept), kept);
    }

    @Override
    public ByteBuffer write(int first, int end) {
        ByteBuffer out = ByteBuffer.allocate((end - first) * ENTRY_BYTES);
        Columns all = columns;
        for (int i = first; i < end; i++) {
            out.putLong(all.timestamps[i]).putInt(all.offsets[i]);
        }
        return out.flip();
    }

    @Override
    public int sizeInMemory() {
        return columns.timestamps.length * ENTRY_BYTES + 64;
    }
}
