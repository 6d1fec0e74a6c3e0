package io.barnabas.testkit;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file system in memory, for simulations that open and close brokers thousands of times. What was written is there
 * after a crash of the process, as with a real one; {@link #processDied} frees what the process had locked. Modification
 * times are what the simulated clock says. Confined to one thread.
 */
public final class MemoryDisk implements Disk {
    private static final long SIZE_BYTES = 1L << 40;

    private final SimulatedTime time;
    private final NavigableMap<Path, MemoryFile> files = new TreeMap<>(Comparator.comparing(Path::toString));
    private final Set<Path> directories = new TreeSet<>(Comparator.comparing(Path::toString));
    private final Set<Path> locks = new TreeSet<>();

    public MemoryDisk(SimulatedTime time) {
        this.time = time;
    }

    /** Its locks are free again; files it had open stay as they are. */
    public void processDied() {
        locks.clear();
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        List<OpenOption> wanted = List.of(options);
        MemoryFile known = files.get(file);
        if (known != null && wanted.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        if (known == null) {
            if (!wanted.contains(StandardOpenOption.CREATE) && !wanted.contains(StandardOpenOption.CREATE_NEW)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!directories.contains(file.getParent())) {
                throw new NoSuchFileException(file.getParent().toString());
            }
            known = new MemoryFile(time);
            files.put(file, known);
        } else if (wanted.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            known.truncate(0);
        }
        MemoryFileChannel channel = new MemoryFileChannel(known);
        return wanted.contains(StandardOpenOption.APPEND) ? channel.position(known.size()) : channel;
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        if (!directories.contains(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        List<Path> children = new ArrayList<>();
        files.keySet().stream()
                .filter(file -> directory.equals(file.getParent()))
                .forEach(children::add);
        directories.stream()
                .filter(child -> directory.equals(child.getParent()))
                .forEach(children::add);
        return children;
    }

    @Override
    public boolean exists(Path path) {
        return files.containsKey(path) || directories.contains(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return directories.contains(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return existing(file).size();
    }

    @Override
    public long lastModifiedMs(Path file) throws IOException {
        return existing(file).lastModifiedMs();
    }

    @Override
    public void setLastModifiedMs(Path file, long timeMs) throws IOException {
        existing(file).modifiedAt(timeMs);
    }

    @Override
    public void createDirectories(Path directory) {
        for (Path path = directory; path != null; path = path.getParent()) {
            directories.add(path);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (directories.contains(from)) {
            renameDirectory(from, to);
            return;
        }
        files.put(to, existing(from));
        files.remove(from);
    }

    private void renameDirectory(Path from, Path to) {
        for (Path directory : List.copyOf(directories)) {
            if (directory.startsWith(from)) {
                directories.remove(directory);
                directories.add(moved(directory, from, to));
            }
        }
        for (Map.Entry<Path, MemoryFile> file : new TreeMap<>(files).entrySet()) {
            if (file.getKey().startsWith(from)) {
                files.remove(file.getKey());
                files.put(moved(file.getKey(), from, to), file.getValue());
            }
        }
    }

    private static Path moved(Path path, Path from, Path to) {
        return path.equals(from) ? to : to.resolve(from.relativize(path));
    }

    @Override
    public void deleteIfExists(Path file) {
        files.remove(file);
        directories.remove(file);
    }

    @Override
    public void deleteRecursively(Path directory) {
        files.keySet().removeIf(file -> file.startsWith(directory));
        directories.removeIf(child -> child.startsWith(directory));
    }

    @Override
    public void hardLink(Path existing, Path link) throws IOException {
        files.put(link, existing(existing));
    }

    @Override
    public void fsyncDirectory(Path directory) {}

    @Override
    public Optional<Lock> tryLock(Path file) {
        files.computeIfAbsent(file, unknown -> new MemoryFile(time));
        return locks.add(file) ? Optional.of(() -> locks.remove(file)) : Optional.empty();
    }

    @Override
    public long usableBytes(Path directory) {
        return SIZE_BYTES;
    }

    @Override
    public long totalBytes(Path directory) {
        return SIZE_BYTES;
    }

    private MemoryFile existing(Path file) throws NoSuchFileException {
        MemoryFile known = files.get(file);
        if (known == null) {
            throw new NoSuchFileException(file.toString());
        }
        return known;
    }
}
