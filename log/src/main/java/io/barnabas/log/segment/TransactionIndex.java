package io.barnabas.log.segment;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The transactions that were aborted within one segment. Most segments have none, and no file. Entries are added under
 * the partition's lock, to memory; the file follows later, because a crash makes it anew. Any thread reads. Once
 * asked for, the entries stay in memory until {@link #forget}: 34 bytes for each.
 */
public final class TransactionIndex {
    private final Disk disk;
    private final long baseOffset;
    private volatile SegmentFileName name;

    /** Null while they are on disk only. */
    private volatile AbortedEntries entries;

    /** How many of them the file has. Guarded by this. */
    private int written;

    TransactionIndex(Disk disk, Path directory, long baseOffset, String suffix) {
        this.disk = disk;
        this.baseOffset = baseOffset;
        this.name = new SegmentFileName(directory, baseOffset, LogFiles.TRANSACTION_INDEX.concat(suffix));
    }

    public Path path() {
        return name.path();
    }

    /** The segment is new, or its directory has no such file. */
    public void begin() {
        entries = AbortedEntries.EMPTY;
    }

    public void add(AbortedTransaction one) {
        entries = entries.with(one);
    }

    /** Null when the disk would have to be asked. */
    AbortedEntries inMemory() {
        return entries;
    }

    /** Null when the file is of no use. */
    public AbortedEntries load() throws IOException {
        AbortedEntries known = entries;
        return known == null ? read() : known;
    }

    private synchronized AbortedEntries read() throws IOException {
        if (entries != null) {
            return entries;
        }
        AbortedEntries found = disk.exists(path()) ? AbortedEntries.read(bytes(), baseOffset) : AbortedEntries.EMPTY;
        if (found != null) {
            written = found.count();
            entries = found;
        }
        return found;
    }

    private ByteBuffer bytes() throws IOException {
        try (FileChannel file = disk.open(path(), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
                // Reads until it is full.
            }
            return bytes.flip();
        }
    }

    /** Entries that so far are in memory only. */
    synchronized void writeBehind() throws IOException {
        AbortedEntries all = entries;
        if (all == null || all.count() == written) {
            return;
        }
        try (FileChannel file = disk.open(path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            write(file, all, written);
        }
        written = all.count();
    }

    private static void write(FileChannel file, AbortedEntries all, int first) throws IOException {
        ByteBuffer bytes = all.write(first);
        long position = (long) first * AbortedEntries.ENTRY_BYTES;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    /** Entries are about to be added to a file that a fork of the log may have, too. */
    synchronized void unshare() throws IOException {
        AbortedEntries all = disk.linkCount(path()) > 1 ? load() : null;
        if (all != null) {
            replace(all);
        }
    }

    /** Has these entries from now on, and no others. */
    public synchronized void rewrite(List<AbortedTransaction> transactions) throws IOException {
        replace(AbortedEntries.of(transactions));
    }

    /** Forgets those whose marker is not in the log any more. */
    synchronized void truncateTo(long offset) throws IOException {
        AbortedEntries all = load();
        AbortedEntries kept = all == null ? AbortedEntries.EMPTY : all.below(offset);
        if (all == null || kept.count() < all.count()) {
            replace(kept);
        }
    }

    private void replace(AbortedEntries next) throws IOException {
        entries = next;
        written = 0;
        // Not written in place: a fork of the log may have the file, too.
        disk.deleteIfExists(path());
        if (next.count() == 0) {
            return;
        }
        try (FileChannel file = disk.open(
                path(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(file, next, 0);
        }
        written = next.count();
    }

    /** What is in the file survives a power cut. */
    public synchronized void fsync() throws IOException {
        writeBehind();
        if (written > 0) {
            try (FileChannel file = disk.open(path(), StandardOpenOption.WRITE)) {
                Fsync.file(file, path());
            }
        }
    }

    /** The entries stay: who has the old list of segments may still need them. */
    synchronized void changeSuffix(String from, String to) throws IOException {
        SegmentFileName next = name.withSuffixChanged(from, to);
        if (disk.exists(path())) {
            disk.rename(path(), next.path());
        }
        name = next;
    }

    synchronized void movedTo(Path directory) {
        name = name.in(directory);
    }

    /** Gives its memory back; what was not written is lost, so that {@link #writeBehind} goes before. */
    void forget() {
        entries = null;
    }
}
