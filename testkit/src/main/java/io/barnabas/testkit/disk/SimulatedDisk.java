package io.barnabas.testkit.disk;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.disk.DiskChange.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A file system in memory that knows what fsync has made durable, and hence what a crash may take away: bytes by
 * sector and page, file sizes, and names in directories, a file's fsync being none of its name. Any thread may call;
 * one at a time gets in. The observer is asked before every change, in that thread, and may make crashes of that
 * moment: each is a disk of its own, and this one goes on as if nothing had happened.
 */
public final class SimulatedDisk implements Disk {
    private static final long TOTAL_BYTES = 1L << 40;

    /** Is told what is about to happen. */
    @FunctionalInterface
    public interface Observer {
        Observer NONE = change -> {};

        void before(DiskChange change);
    }

    private final Clock clock;
    private final SimulatedDirectory root;
    private final Set<Path> locked = new HashSet<>();
    private Observer observer = Observer.NONE;
    private long changes;

    public SimulatedDisk(Clock clock) {
        this(clock, new SimulatedDirectory(), 0);
    }

    private SimulatedDisk(Clock clock, SimulatedDirectory root, long changes) {
        this.clock = clock;
        this.root = root;
        this.changes = changes;
    }

    public synchronized void observe(Observer next) {
        observer = next;
    }

    /** The process is gone, the machine is not: its locks are free again, all that it wrote is there. */
    public synchronized void processDied() {
        locked.clear();
    }

    /** What a crash at this moment leaves. Nobody observes it, nobody holds a lock on it. */
    public synchronized SimulatedDisk crash(Crash crash, RandomGenerator random) {
        long upTo = 0;
        if (crash == Crash.ORDERED) {
            long oldest = oldestPending(root, changes + 1);
            upTo = random.nextLong(oldest, changes + 2);
        }
        Loss loss = new Loss(crash, random, upTo);
        return new SimulatedDisk(clock, (SimulatedDirectory) loss.of(root), changes);
    }

    private static long oldestPending(SimulatedDirectory directory, long otherwise) {
        long oldest = directory.oldestPending(otherwise);
        for (Node node : directory.names().values()) {
            oldest = node instanceof SimulatedDirectory child
                    ? oldestPending(child, oldest)
                    : Math.min(oldest, ((SimulatedFile) node).oldestPending(oldest));
        }
        return oldest;
    }

    public synchronized long changes() {
        return changes;
    }

    /** To be called before something changes; gives the change's number. */
    long change(Kind kind, Path path) {
        observer.before(new DiskChange(changes + 1, kind, path));
        return ++changes;
    }

    void touched(SimulatedFile file) {
        file.modifiedAt(clock.nowMs());
    }

    @Override
    public synchronized FileChannel open(Path path, OpenOption... options) throws IOException {
        Set<OpenOption> wanted = Set.of(options);
        SimulatedDirectory parent = parentOf(path);
        Node node = parent.get(nameOf(path));
        if (node instanceof SimulatedDirectory) {
            throw new IOException(path + " is a directory");
        }
        SimulatedFile file = (SimulatedFile) node;
        if (file != null && wanted.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (file == null) {
            if (!wanted.contains(StandardOpenOption.CREATE) && !wanted.contains(StandardOpenOption.CREATE_NEW)) {
                throw new NoSuchFileException(path.toString());
            }
            long number = change(Kind.CREATE, path);
            file = new SimulatedFile();
            touched(file);
            parent.add(number, nameOf(path), file);
        } else if (wanted.contains(StandardOpenOption.TRUNCATE_EXISTING) && file.size() > 0) {
            file.truncate(change(Kind.TRUNCATE, path), 0);
        }
        return new SimulatedChannel(this, file, path);
    }

    @Override
    public synchronized List<Path> list(Path path) throws IOException {
        List<Path> names = new ArrayList<>();
        directoryAt(path).names().keySet().forEach(name -> names.add(path.resolve(name)));
        return names;
    }

    @Override
    public synchronized boolean exists(Path path) {
        return find(path) != null;
    }

    @Override
    public synchronized boolean isDirectory(Path path) {
        return find(path) instanceof SimulatedDirectory;
    }

    @Override
    public synchronized long size(Path path) throws IOException {
        return fileAt(path).size();
    }

    @Override
    public synchronized long lastModifiedMs(Path path) throws IOException {
        return fileAt(path).modifiedMs();
    }

    @Override
    public synchronized void setLastModifiedMs(Path path, long timeMs) throws IOException {
        fileAt(path).modifiedAt(timeMs);
    }

    @Override
    public synchronized void createDirectories(Path path) throws IOException {
        Path made = path.getRoot();
        SimulatedDirectory at = root;
        for (Path name : path) {
            made = made.resolve(name);
            Node next = at.get(name.toString());
            if (next == null) {
                long number = change(Kind.CREATE, made);
                next = new SimulatedDirectory();
                at.add(number, name.toString(), next);
            }
            if (!(next instanceof SimulatedDirectory directory)) {
                throw new FileAlreadyExistsException(made.toString());
            }
            at = directory;
        }
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        if (find(from) == null) {
            throw new NoSuchFileException(from.toString());
        }
        if (!from.getParent().equals(to.getParent())) {
            throw new IOException("from " + from + " to " + to + ": only names within a directory are simulated");
        }
        parentOf(from).rename(change(Kind.RENAME, from), nameOf(from), nameOf(to));
    }

    @Override
    public synchronized void deleteIfExists(Path path) throws IOException {
        Node node = find(path);
        if (node == null) {
            return;
        }
        if (node instanceof SimulatedDirectory directory && !directory.names().isEmpty()) {
            throw new IOException(path + " is not empty");
        }
        parentOf(path).remove(change(Kind.DELETE, path), nameOf(path));
    }

    @Override
    public synchronized void deleteRecursively(Path path) throws IOException {
        if (find(path) instanceof SimulatedDirectory) {
            for (Path child : list(path)) {
                deleteRecursively(child);
            }
        }
        deleteIfExists(path);
    }

    @Override
    public synchronized void hardLink(Path existing, Path link) throws IOException {
        SimulatedFile file = fileAt(existing);
        if (find(link) != null) {
            throw new FileAlreadyExistsException(link.toString());
        }
        parentOf(link).add(change(Kind.LINK, link), nameOf(link), file);
    }

    @Override
    public synchronized void fsyncDirectory(Path path) throws IOException {
        SimulatedDirectory directory = directoryAt(path);
        change(Kind.FSYNC_DIRECTORY, path);
        directory.fsync();
    }

    @Override
    public synchronized Optional<Lock> tryLock(Path path) throws IOException {
        open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        return locked.add(path) ? Optional.of(() -> unlock(path)) : Optional.empty();
    }

    private synchronized void unlock(Path path) {
        locked.remove(path);
    }

    @Override
    public long usableBytes(Path directory) {
        return TOTAL_BYTES;
    }

    @Override
    public long totalBytes(Path directory) {
        return TOTAL_BYTES;
    }

    private SimulatedFile fileAt(Path path) throws IOException {
        if (find(path) instanceof SimulatedFile file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private SimulatedDirectory directoryAt(Path path) throws IOException {
        Node node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (node instanceof SimulatedDirectory directory) {
            return directory;
        }
        throw new NotDirectoryException(path.toString());
    }

    private SimulatedDirectory parentOf(Path path) throws IOException {
        return directoryAt(path.getParent());
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    /** Null when there is none. */
    private Node find(Path path) {
        Node at = root;
        for (Path name : path.toAbsolutePath()) {
            Map<String, Node> names = at instanceof SimulatedDirectory directory ? directory.names() : Map.of();
            at = names.get(name.toString());
            if (at == null) {
                return null;
            }
        }
        return at;
    }
}
