package io.barnabas.log.segment;

import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The two sparse indexes of one segment: by offset and by time. Entries are added under the partition's lock; any
 * thread reads; the files are written without the lock.
 */
final class SegmentIndexes {
    /** Makes both index files anew from the log file. */
    @FunctionalInterface
    interface Rebuild {
        void run(String why) throws IOException;
    }

    private final long baseOffset;
    private final IntSupplier logBytes;
    private final Rebuild rebuild;
    private final SegmentIndex<OffsetEntries> offsets;
    private final SegmentIndex<TimeEntries> times;

    SegmentIndexes(
            Disk disk,
            IndexCache cache,
            Path directory,
            long baseOffset,
            String suffix,
            IntSupplier logBytes,
            Rebuild rebuild) {
        this.baseOffset = baseOffset;
        this.logBytes = logBytes;
        this.rebuild = rebuild;
        this.offsets = new SegmentIndex<>(
                disk,
                new SegmentFileName(directory, baseOffset, LogFiles.OFFSET_INDEX.concat(suffix)),
                cache,
                OffsetEntries.ENTRY_BYTES);
        this.times = new SegmentIndex<>(
                disk,
                new SegmentFileName(directory, baseOffset, LogFiles.TIME_INDEX.concat(suffix)),
                cache,
                TimeEntries.ENTRY_BYTES);
    }

    boolean offsetsAreFull(int indexBytes) {
        return offsets.active().count() >= indexBytes / OffsetEntries.ENTRY_BYTES;
    }

    /** One place is kept for the last entry, which is made when the segment closes. */
    boolean timesAreFull(int indexBytes) {
        return times.active().count() >= indexBytes / TimeEntries.ENTRY_BYTES - 1;
    }

    void add(long lastOffset, int position, MaxTimestamp newest, int indexBytes) {
        if (!offsetsAreFull(indexBytes)) {
            offsets.active().add(relative(lastOffset), position);
        }
        if (!timesAreFull(indexBytes)) {
            addTime(newest);
        }
    }

    void addTime(MaxTimestamp newest) {
        long offset = Math.max(newest.offset(), baseOffset);
        times.active().addIfYounger(newest.timestamp(), relative(offset));
    }

    /** How many entries are in memory only. */
    int unwritten() {
        return offsets.unwritten();
    }

    void writeBehind() throws IOException {
        offsets.writeBehind();
        times.writeBehind();
    }

    /** Null when they would have to be read from disk. */
    OffsetEntries offsetsInMemory() {
        return offsets.inMemory();
    }

    /** Read from disk where needed, and made anew where they are of no use. */
    OffsetEntries offsets() throws IOException {
        SegmentIndex.Reader<OffsetEntries> reader = bytes -> OffsetEntries.read(bytes, logBytes.getAsInt());
        OffsetEntries entries = loadOrNull(offsets, reader);
        if (entries == null) {
            rebuild.run("the offset index is missing or damaged");
            entries = offsets.load(reader);
        }
        return entries;
    }

    /** As {@link #offsets()}. */
    TimeEntries times() throws IOException {
        TimeEntries entries = loadOrNull(times, TimeEntries::read);
        if (entries == null) {
            rebuild.run("the time index is missing or damaged");
            entries = times.load(TimeEntries::read);
        }
        return entries;
    }

    private static <E extends IndexEntries<E>> E loadOrNull(SegmentIndex<E> index, SegmentIndex.Reader<E> reader)
            throws IOException {
        try {
            return index.load(reader);
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    /** For a new segment, whose index files come later. */
    void begin() {
        offsets.activateInMemory(new OffsetEntries());
        times.activateInMemory(new TimeEntries());
    }

    /** The files of {@link #begin}, at their full size. */
    void createFiles(int indexBytes) throws IOException {
        offsets.createFile(indexBytes);
        times.createFile(indexBytes);
    }

    /** Goes on with these entries, in files of full size. */
    void activate(OffsetEntries offsetEntries, TimeEntries timeEntries, int indexBytes) throws IOException {
        offsets.activate(offsetEntries, indexBytes);
        times.activate(timeEntries, indexBytes);
    }

    void rewrite(OffsetEntries offsetEntries, TimeEntries timeEntries) throws IOException {
        offsets.rewrite(offsetEntries);
        times.rewrite(timeEntries);
    }

    /** No entry comes after this: exact files, entries in the cache. */
    void finish() throws IOException {
        offsets.finish();
        times.finish();
    }

    void fsync() throws IOException {
        offsets.fsync();
        times.fsync();
    }

    List<Path> paths() {
        return List.of(offsets.path(), times.path());
    }

    void changeSuffix(String from, String to) throws IOException {
        offsets.changeSuffix(from, to);
        times.changeSuffix(from, to);
    }

    /** As a file has it, or would have it. */
    long offsetIndexBytes() throws IOException {
        return (long) offsets().count() * OffsetEntries.ENTRY_BYTES;
    }

    /** As {@link #offsetIndexBytes}. */
    long timeIndexBytes() throws IOException {
        return (long) times().count() * TimeEntries.ENTRY_BYTES;
    }

    void movedTo(Path directory) {
        offsets.movedTo(directory);
        times.movedTo(directory);
    }

    void forget() {
        offsets.forget();
        times.forget();
    }

    private int relative(long offset) {
        return (int) (offset - baseOffset);
    }
}
