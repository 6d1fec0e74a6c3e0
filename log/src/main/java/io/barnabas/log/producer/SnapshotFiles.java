package io.barnabas.log.producer;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer snapshots of one log: files named after the offset up to which they speak. Any thread may call. A
 * snapshot taken at a roll is known at once and written later.
 */
public final class SnapshotFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);

    private final Disk disk;
    private Path directory;
    private final NavigableSet<Long> offsets = new TreeSet<>();

    public SnapshotFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Learns which ones there are. */
    public synchronized void list(List<Path> files) {
        for (Path file : files) {
            if (LogFiles.hasSuffix(file, LogFiles.SNAPSHOT) && LogFiles.offsetOf(file) >= 0) {
                offsets.add(LogFiles.offsetOf(file));
            }
        }
    }

    public synchronized boolean isEmpty() {
        return offsets.isEmpty();
    }

    /** Not written again when there is one of that offset; before the first record there is nothing to say. */
    public synchronized void write(long offset, ByteBuffer snapshot) throws IOException {
        if (offset > 0 && !offsets.contains(offset)) {
            SmallFile.write(disk, file(offset), snapshot);
            offsets.add(offset);
        }
    }

    /** As {@link #write}, if the condition holds while nobody else changes the files. */
    public synchronized void writeIf(BooleanSupplier condition, long offset, ByteBuffer snapshot) throws IOException {
        if (condition.getAsBoolean()) {
            write(offset, snapshot);
        }
    }

    /** What the newest good snapshot at or before {@code offset} says; damaged ones go. */
    synchronized Loaded newest(long offset) throws IOException {
        for (Long at = offsets.floor(offset); at != null; at = offsets.lower(at)) {
            List<ProducerState> states = ProducerSnapshot.read(SmallFile.read(disk, file(at)));
            if (states != null) {
                return new Loaded(at, states);
            }
            LOG.warn("The producer snapshot {} is damaged; going back to an older one", file(at));
            delete(at);
        }
        return null;
    }

    /** A snapshot and the offset up to which it speaks. */
    record Loaded(long offset, List<ProducerState> states) {}

    public synchronized void deleteAbove(long offset) throws IOException {
        deleteAll(new ArrayList<>(offsets.tailSet(offset, false)));
    }

    synchronized void deleteUpTo(long offset) throws IOException {
        deleteAll(new ArrayList<>(offsets.headSet(offset, true)));
    }

    /** Copies those at or before an offset. */
    public synchronized void copyInto(Path other, long upTo) throws IOException {
        for (long offset : offsets.headSet(upTo, true)) {
            SmallFile.write(disk, LogFiles.of(other, offset, LogFiles.SNAPSHOT), SmallFile.read(disk, file(offset)));
        }
    }

    /** Keeps those of the given offsets, and the newest. */
    public synchronized void retain(Set<Long> kept) throws IOException {
        List<Long> leaving = new ArrayList<>(offsets);
        leaving.removeAll(kept);
        if (!offsets.isEmpty()) {
            leaving.remove(offsets.last());
        }
        deleteAll(leaving);
    }

    public synchronized void delete(long offset) throws IOException {
        if (offsets.remove(offset)) {
            disk.deleteIfExists(file(offset));
        }
    }

    /** Makes those up to {@code offset} durable that may not be. */
    public synchronized void fsync(long from, long to) throws IOException {
        Iterator<Long> some = offsets.subSet(from, true, to, true).iterator();
        while (some.hasNext()) {
            SmallFile.fsync(disk, file(some.next()));
        }
    }

    public synchronized void movedTo(Path newDirectory) {
        directory = newDirectory;
    }

    private void deleteAll(List<Long> leaving) throws IOException {
        for (long offset : leaving) {
            delete(offset);
        }
    }

    private Path file(long offset) {
        return LogFiles.of(directory, offset, LogFiles.SNAPSHOT);
    }
}
