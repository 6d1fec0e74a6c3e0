package io.barnabas.testkit.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file's bytes: as programs see them, and as they are on the disk. Guarded by its disk. */
final class SimulatedFile implements Node {
    static final int SECTOR = 512;
    static final int PAGE = 4096;

    private byte[] bytes = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private final List<Change> pending = new ArrayList<>();
    private long modifiedMs;

    /** A write, or where {@code written} is null, a cut to {@code position} bytes. */
    record Change(long number, int position, byte[] written) {
        boolean isCut() {
            return written == null;
        }

        int end() {
            return isCut() ? position : position + written.length;
        }
    }

    int size() {
        return size;
    }

    long modifiedMs() {
        return modifiedMs;
    }

    void modifiedAt(long timeMs) {
        modifiedMs = timeMs;
    }

    /** Like a channel's: -1 at the end. */
    int read(ByteBuffer target, long position) {
        if (position >= size) {
            return target.hasRemaining() ? -1 : 0;
        }
        int length = Math.min(target.remaining(), size - (int) position);
        target.put(bytes, (int) position, length);
        return length;
    }

    void write(long number, byte[] written, long position) {
        change(new Change(number, Math.toIntExact(position), written));
    }

    void truncate(long number, long newSize) {
        if (newSize < size) {
            change(new Change(number, (int) newSize, null));
        }
    }

    private void change(Change change) {
        pending.add(change);
        if (change.isCut()) {
            Arrays.fill(bytes, change.position, size, (byte) 0);
            size = change.position;
            return;
        }
        if (change.end() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(change.end(), 2 * bytes.length));
        }
        System.arraycopy(change.written, 0, bytes, change.position, change.written.length);
        size = Math.max(size, change.end());
    }

    void fsync() {
        if (!pending.isEmpty()) {
            durable = Arrays.copyOf(bytes, size);
            pending.clear();
        }
    }

    @Override
    public Node after(Loss loss) {
        SimulatedFile left = new SimulatedFile();
        left.modifiedMs = modifiedMs;
        left.durable = durable;
        left.bytes = durable.clone();
        left.size = durable.length;
        switch (loss.crash) {
            case KILL -> pending.forEach(left::change);
            case UNSYNCED_LOST -> {}
            case ORDERED -> left.applyInOrder(pending, loss);
            case REORDERED -> left.applyInAnyOrder(pending, loss);
        }
        if (loss.crash != Crash.KILL) {
            left.fsync();
        }
        return left;
    }

    private void applyInOrder(List<Change> changes, Loss loss) {
        for (Change change : changes) {
            if (change.number < loss.orderedUpTo) {
                change(change);
            } else if (change.number == loss.orderedUpTo && !change.isCut()) {
                int firstBoundary = SECTOR - change.position % SECTOR;
                int sectors = 1 + Math.max(0, change.written.length - firstBoundary + SECTOR - 1) / SECTOR;
                int whole = loss.random.nextInt(sectors + 1);
                int length = whole == 0 ? 0 : Math.min(change.written.length, firstBoundary + (whole - 1) * SECTOR);
                change(new Change(change.number, change.position, Arrays.copyOf(change.written, length)));
            }
        }
    }

    private void applyInAnyOrder(List<Change> changes, Loss loss) {
        if (changes.isEmpty()) {
            return;
        }
        UnorderedPages pages = new UnorderedPages(durable, changes, loss.random);
        bytes = pages.bytes();
        size = bytes.length;
        pending.add(changes.get(0));
    }

    long oldestPending(long otherwise) {
        return pending.isEmpty() ? otherwise : pending.get(0).number;
    }
}
