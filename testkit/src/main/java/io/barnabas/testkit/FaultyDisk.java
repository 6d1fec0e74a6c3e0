package io.barnabas.testkit;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk that fails when told to: at the n-th operation that changes something (write, truncate, fsync, rename, delete,
 * creation), once or from there on, or for lack of space. A write that fails has written the first half of its bytes.
 * An fsync may fail, but takes no time: tests do not pull the plug. Any thread may call.
 */
public final class FaultyDisk implements Disk {
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

    private final Disk disk;
    private volatile Watcher watcher = Watcher.NONE;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile int failAt = Integer.MAX_VALUE;
    private volatile boolean staysBroken;
    private volatile int fullAt = Integer.MAX_VALUE;
    private volatile boolean hasRoomForNewFiles;

    public FaultyDisk(Disk disk) {
        this.disk = disk;
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
            if (CREATING.contains(option) && !disk.exists(file)) {
                change("creating " + file);
                if (isFull() && !hasRoomForNewFiles) {
                    throw new IOException("No space left on device");
                }
                break;
            }
        }
        return new FaultyFileChannel(disk.open(file, options), this, file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public long lastModifiedMs(Path file) throws IOException {
        return disk.lastModifiedMs(file);
    }

    @Override
    public void setLastModifiedMs(Path file, long timeMs) throws IOException {
        disk.setLastModifiedMs(file, timeMs);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        if (!disk.exists(directory)) {
            change("creating " + directory);
        }
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change("renaming " + from);
        disk.rename(from, to);
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        change("deleting " + file);
        disk.deleteIfExists(file);
    }

    @Override
    public void deleteRecursively(Path directory) throws IOException {
        change("deleting " + directory);
        disk.deleteRecursively(directory);
    }

    @Override
    public void hardLink(Path existing, Path link) throws IOException {
        change("linking " + link);
        disk.hardLink(existing, link);
    }

    @Override
    public int linkCount(Path file) throws IOException {
        return disk.linkCount(file);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        change("fsync of " + directory);
    }

    @Override
    public Optional<Lock> tryLock(Path file) throws IOException {
        return disk.tryLock(file);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return isFull() ? 0 : disk.usableBytes(directory);
    }

    @Override
    public long totalBytes(Path directory) throws IOException {
        return disk.totalBytes(directory);
    }
}
