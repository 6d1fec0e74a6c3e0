package io.barnabas.log.segment;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One index of a segment, in memory and on disk. While the segment is active its entries live in memory and are written
 * behind; once it is closed they are in the file and, as long as there is room, in {@link IndexCache}. Entries are added
 * under the partition's lock; the file is touched under this object's own monitor, so that writing behind needs no
 * partition lock.
 */
final class SegmentIndex<E extends IndexEntries<E>> {
    /** Reads entries from the bytes of a file. */
    @FunctionalInterface
    interface Reader<E> {
        /** Null when the bytes are no sane index. */
        E read(ByteBuffer file);
    }

    private final IndexFile file;
    private final IndexCache cache;
    private final int entryBytes;

    /** Null when the segment is closed. */
    private volatile E active;

    /** How many entries the file has; changes under this object's monitor. */
    private volatile int written;

    SegmentIndex(Disk disk, SegmentFileName name, IndexCache cache, int entryBytes) {
        this.file = new IndexFile(disk, name);
        this.cache = cache;
        this.entryBytes = entryBytes;
    }

    Path path() {
        return file.path();
    }

    /** The entries of an active segment. */
    E active() {
        return active;
    }

    /** The entries if they are in memory, else null. */
    E inMemory() {
        E own = active;
        return own != null ? own : cache.get(this);
    }

    /** The entries, read from the file where needed; null when the file is no sane index. */
    synchronized E load(Reader<E> reader) throws IOException {
        E known = inMemory();
        if (known != null) {
            return known;
        }
        ByteBuffer bytes = file.readAll();
        E read = bytes.remaining() % entryBytes == 0 ? reader.read(bytes) : null;
        if (read != null) {
            cache.put(this, read);
        }
        return read;
    }

    /** Goes on with entries that begin as the file does, and gives the file its full size, zeros behind them. */
    synchronized void activate(E entries, int indexBytes) throws IOException {
        written = active == null ? entries.count() : Math.min(written, entries.count());
        cache.remove(this);
        active = entries;
        createFile(indexBytes);
        writeBehind();
    }

    /** As {@link #activate}, for a new segment whose files come later. */
    synchronized void activateInMemory(E entries) {
        active = entries;
        written = 0;
    }

    /** Makes the file of an index that so far was in memory only. */
    synchronized void createFile(int indexBytes) throws IOException {
        if (active != null) {
            file.grow((long) written * entryBytes, indexBytes - indexBytes % entryBytes);
        }
    }

    int unwritten() {
        E entries = active;
        return entries == null ? 0 : entries.count() - written;
    }

    synchronized void writeBehind() throws IOException {
        E entries = active;
        if (entries != null && entries.count() > written) {
            int end = entries.count();
            file.write(entries.write(written, end), (long) written * entryBytes);
            written = end;
        }
    }

    /** The segment takes no more records: the file gets its exact size, the entries move to the cache. */
    synchronized void finish() throws IOException {
        E entries = active;
        if (entries != null) {
            file.writeAndTrim(entries.write(written, entries.count()), (long) written * entryBytes);
            cache.put(this, entries);
            active = null;
        }
    }

    /** Replaces the file of a closed segment's index. */
    synchronized void rewrite(E entries) throws IOException {
        cache.remove(this);
        active = null;
        file.writeAndTrim(entries.write(0, entries.count()), 0);
    }

    synchronized void fsync() throws IOException {
        file.fsync();
    }

    synchronized void changeSuffix(String from, String to) throws IOException {
        file.changeSuffix(from, to);
    }

    synchronized void movedTo(Path directory) {
        file.movedTo(directory);
    }

    void forget() {
        cache.remove(this);
    }
}
