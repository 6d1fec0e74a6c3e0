package io.barnabas.testkit;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk that fails when told to: at the n-th operation that changes something (write, truncate, fsync, rename, delete,
 * creation), once or from there on, or for lack of space. A write that fails has written the first half of its bytes.
 * An fsync may fail, but takes no time: tests do not pull the plug. Any thread may call.
 */
public final class FaultyDisk extends DelegatingDisk {
    private static final Set<StandardOpenOption> CREATING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.CREATE_NEW, StandardOpenOption.TRUNCATE_EXISTING);

    /** Sees what is read and written. */
    public interface Watcher {
        Watcher NONE = new Watcher() {};

        default void read(Path file, long position, int bytes) {}

        default void written(Path file, long position, int bytes) {}

        default void fsyncBegins(Path file) {}

        /** Successfully. */
        default void fsyncEnded(Path file) {}
    }

    private volatile Watcher watcher = Watcher.NONE;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile int failAt = Integer.MAX_VALUE;
    private volatile boolean staysBroken;
    private volatile int fullAt = Integer.MAX_VALUE;
    private volatile boolean hasRoomForNewFiles;

    public FaultyDisk(Disk disk) {
        super(disk);
    }

    /** The n-th change from now on fails (1: the next one), those after it succeed. */
    public void failOnceAt(int n) {
        staysBroken = false;
        failAt = changes.get() + n;
    }

    /** The n-th change from now on fails, and all after it: the machine is gone. */
    public void failFrom(int n) {
        staysBroken = true;
        failAt = changes.get() + n;
    }

    public void heal() {
        failAt = Integer.MAX_VALUE;
        fullAt = Integer.MAX_VALUE;
    }

    /** No write finds room until {@link #heal}; new files can be made. */
    public void fillUp() {
        hasRoomForNewFiles = true;
        fullAt = 0;
    }

    /** From the n-th change on (1: the next one) no write and no new file finds room, until {@link #heal}. */
    public void fillUpAt(int n) {
        hasRoomForNewFiles = false;
        fullAt = changes.get() + n;
    }

    public boolean faultReached() {
        return changes.get() >= Math.min(failAt, fullAt);
    }

    /** How many changes there were. */
    public int changes() {
        return changes.get();
    }

    void change(String what) throws IOException {
        int number = changes.incrementAndGet();
        if (number == failAt || number > failAt && staysBroken) {
            throw new IOException("injected fault: " + what);
        }
    }

    public void watch(Watcher next) {
        watcher = next;
    }

    Watcher watcher() {
        return watcher;
    }

    /** True when a write has no room. */
    boolean isFull() {
        return changes.get() >= fullAt;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        for (OpenOption option : options) {
            if (CREATING.contains(option) && !super.exists(file)) {
                change("creating " + file);
                if (isFull() && !hasRoomForNewFiles) {
                    throw new IOException("No space left on device");
                }
                break;
            }
        }
        return new FaultyFileChannel(super.open(file, options), this, file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        if (!super.exists(directory)) {
            change("creating " + directory);
        }
        super.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change("renaming " + from);
        super.rename(from, to);
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        change("deleting " + file);
        super.deleteIfExists(file);
    }

    @Override
    public void deleteRecursively(Path directory) throws IOException {
        change("deleting " + directory);
        super.deleteRecursively(directory);
    }

    @Override
    public void hardLink(Path existing, Path link) throws IOException {
        change("linking " + link);
        super.hardLink(existing, link);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        change("fsync of " + directory);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return isFull() ? 0 : super.usableBytes(directory);
    }
}
