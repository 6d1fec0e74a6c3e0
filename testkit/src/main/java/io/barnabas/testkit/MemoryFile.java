package io.barnabas.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The content of a file of a {@link MemoryDisk}, whatever it is called. Confined to one thread. */
final class MemoryFile {
    private final SimulatedTime time;
    private byte[] bytes = new byte[64];
    private int size;
    private long lastModifiedMs;

    MemoryFile(SimulatedTime time) {
        this.time = time;
        this.lastModifiedMs = time.nowMs();
    }

    int size() {
        return size;
    }

    long lastModifiedMs() {
        return lastModifiedMs;
    }

    void modifiedAt(long timeMs) {
        lastModifiedMs = timeMs;
    }

    /** -1 at the end. */
    int read(ByteBuffer target, long position) {
        if (position >= size) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        target.put(bytes, (int) position, length);
        return length;
    }

    int write(ByteBuffer source, long position) {
        int length = source.remaining();
        int end = Math.toIntExact(position + length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        source.get(bytes, (int) position, length);
        size = Math.max(size, end);
        lastModifiedMs = time.nowMs();
        return length;
    }

    void truncate(long newSize) {
        if (newSize < size) {
            Arrays.fill(bytes, (int) newSize, size, (byte) 0);
            size = (int) newSize;
        }
        lastModifiedMs = time.nowMs();
    }
}
