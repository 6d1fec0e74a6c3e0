package io.barnabas.log.segment;

import io.barnabas.log.LogConfig;
import io.barnabas.log.file.LogFiles;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A stretch of a partition's log: one {@code .log} file, its two sparse indexes and that of aborted transactions. The
 * last segment of a log is active and grows; a closed one never changes. Whoever changes one holds the partition's
 * lock; {@link #finish}, {@link #fsync} and {@link #writeIndexesBehind} need no lock; reading needs none either: what
 * lies below {@link #sizeInBytes} is there, indexed and stays.
 */
public final class LogSegment {
    /** So many index entries in memory are worth a write. */
    static final int WRITE_BEHIND_ENTRIES = 64;

    private enum Phase {
        ACTIVE,
        /** Takes no more records, its files are still those of an active one. */
        CLOSING,
        CLOSED,
        /** Not part of the log any more. */
        DELETED
    }

    private final SegmentResources resources;
    private final long baseOffset;
    private final long createdMs;
    private final long rollJitterMs;
    private final int indexIntervalBytes;
    private final SegmentFile file;
    private final SegmentIndexes indexes;
    private final TransactionIndex transactions;
    private final SegmentFiles files;
    private final SegmentTimes times;
    private final BatchTail tail;
    private final SegmentReader reader;
    private final SegmentWriter writer;

    private volatile int size;

    /** Guarded by this. */
    private Phase phase = Phase.CLOSED;

    private LogSegment(
            SegmentResources resources,
            Path directory,
            long baseOffset,
            String suffix,
            LogConfig config,
            long createdMs) {
        this.resources = resources;
        this.baseOffset = baseOffset;
        this.createdMs = createdMs;
        this.rollJitterMs = jitter(resources, config);
        this.indexIntervalBytes = config.indexIntervalBytes();
        this.file = new SegmentFile(
                resources.handles(), new SegmentFileName(directory, baseOffset, LogFiles.LOG.concat(suffix)));
        this.transactions = new TransactionIndex(resources.disk(), directory, baseOffset, suffix);
        this.indexes = new SegmentIndexes(
                resources.disk(),
                resources.indexes(),
                directory,
                baseOffset,
                suffix,
                this::sizeInBytes,
                why -> SegmentScan.rebuildIndexes(this, why));
        this.files = new SegmentFiles(resources.disk(), file, indexes, transactions);
        this.times = new SegmentTimes(baseOffset, file, indexes);
        this.tail = new BatchTail(baseOffset);
        WarmRegions warm = new WarmRegions(resources.pageCache());
        this.reader = new SegmentReader(this, file, indexes, tail, warm);
        this.writer = new SegmentWriter(file, indexes, times, tail, warm);
    }

    /** Makes the {@code .log} file of a new active segment; {@link #createIndexFiles} makes the others. */
    public static LogSegment create(
            SegmentResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, "", config, nowMs);
        segment.begin();
        if (config.preallocate()) {
            segment.writer.preallocate(config.segmentBytes());
        }
        return segment;
    }

    /** A segment for the output of a compaction, under names that say so; it is not part of the log. */
    public static LogSegment createCleaned(
            SegmentResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, LogFiles.CLEANED, config, nowMs);
        segment.deleteFiles();
        segment.begin();
        return segment;
    }

    private void begin() throws IOException {
        file.create();
        phase = Phase.ACTIVE;
        times.maxIs(MaxTimestamp.NONE);
        indexes.begin();
        transactions.begin();
    }

    /** A closed segment as it stands on disk. */
    public static LogSegment open(
            SegmentResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, "", config, nowMs);
        segment.size = Math.toIntExact(resources.disk().size(segment.path()));
        return segment;
    }

    private static long jitter(SegmentResources resources, LogConfig config) {
        long bound = Math.min(config.segmentJitterMs(), config.segmentMs());
        return bound <= 0 ? 0 : resources.randomBelow(bound);
    }

    public long baseOffset() {
        return baseOffset;
    }

    /** What was aborted here. */
    public TransactionIndex transactions() {
        return transactions;
    }

    public Path path() {
        return file.path();
    }

    public int sizeInBytes() {
        return size;
    }

    public long createdMs() {
        return createdMs;
    }

    public long rollJitterMs() {
        return rollJitterMs;
    }

    int indexIntervalBytes() {
        return indexIntervalBytes;
    }

    /** How to find records in it. */
    public SegmentReader reader() {
        return reader;
    }

    /** The youngest timestamp of the first batch, negative when it has none. */
    public long firstTimestamp() throws IOException {
        return times.first(size);
    }

    public boolean anIndexIsFull(int indexBytes) {
        return indexes.offsetsAreFull(indexBytes) || indexes.timesAreFull(indexBytes);
    }

    /** Writes whole batches with a single call of the operating system; when that fails, the log goes on without them. */
    public void append(ByteBuf batches, MaxTimestamp newest, LogConfig config) throws IOException {
        int position = size;
        writer.append(batches, position, newest, config);
        size = position + batches.readableBytes();
    }

    /** With a single call of the operating system, and else as if each batch had been appended for itself. */
    public void appendEach(ByteBuf batches, LogConfig config) throws IOException {
        int position = size;
        writer.appendEach(batches, position, config);
        size = position + batches.readableBytes();
    }

    /** As {@link #append}, batch by batch as far as the indexes are concerned: for many batches of different age. */
    public void appendCompacted(ByteBuf batches, LogConfig config) throws IOException {
        int position = size;
        writer.appendCompacted(batches, position, config);
        size = position + batches.readableBytes();
    }

    public boolean indexEntriesAreDue() {
        return indexes.unwritten() >= WRITE_BEHIND_ENTRIES;
    }

    public void writeIndexesBehind() throws IOException {
        indexes.writeBehind();
        transactions.writeBehind();
    }

    /** Where the first batch begins that ends at or after {@code offset}; the segment's end when there is none. */
    public int positionOf(long offset) throws IOException {
        return reader.positionOf(offset);
    }

    /** The caller releases it. */
    public OpenFile acquire() throws IOException {
        return file.acquire();
    }

    TimeEntries timeEntries() throws IOException {
        return indexes.times();
    }

    /** The youngest timestamp of all records and the last offset of its batch; {@link MaxTimestamp#NONE} if unknown. */
    MaxTimestamp maxTimestamp() throws IOException {
        return times.max();
    }

    /** As {@link #maxTimestamp}; where no record has one, the time of the last write. */
    public long largestTimestamp() throws IOException {
        long newest = maxTimestamp().timestamp();
        return newest >= 0 ? newest : lastModifiedMs();
    }

    public long lastModifiedMs() throws IOException {
        return files.lastModifiedMs();
    }

    /** The files of the indexes, at their full size; {@code create} left them out. */
    public void createIndexFiles(LogConfig config) throws IOException {
        indexes.createFiles(config.segmentIndexBytes());
    }

    /**
     * Makes a segment that stands on disk the active one; gives the offset after its last record, or -1 when its end
     * is damaged.
     */
    public long activate(LogConfig config) throws IOException {
        OffsetEntries offsets = indexes.offsets();
        TimeEntries ages = indexes.times();
        transactions.load();
        files.unshare();
        synchronized (this) {
            indexes.activate(
                    offsets.below(Integer.MAX_VALUE), ages.below(Integer.MAX_VALUE), config.segmentIndexBytes());
            phase = Phase.ACTIVE;
        }
        return walkEnd(offsets, ages);
    }

    /** What lies behind the last entries is not in the indexes: find the end and the youngest timestamp. */
    private long walkEnd(OffsetEntries offsets, TimeEntries ages) throws IOException {
        SegmentEnd end = SegmentEnd.walk(file, baseOffset, size, offsets, times.lastOf(ages));
        writer.restartInterval();
        times.maxIs(end.newest());
        tail.replaceBy(end.batches());
        return end.isWhole() ? end.nextOffset() : -1;
    }

    /** Takes what a scan of the whole file found, unless the segment is an active one by now. */
    public synchronized void rebuilt(SegmentScan.Result found) throws IOException {
        if (phase != Phase.CLOSED) {
            return;
        }
        indexes.rewrite(found.offsets(), found.times());
        times.maxIs(found.newest());
    }

    /** Cuts the file; the caller sets the indexes right. */
    public void cutFileTo(int newSize) throws IOException {
        file.unshare();
        OpenFile open = file.acquire();
        try {
            open.channel().truncate(newSize);
        } finally {
            open.release();
        }
        size = newSize;
        times.forgetFirst();
    }

    /**
     * Drops the batch that holds {@code offset} and all after it, and becomes the active segment; gives the offset behind
     * the last one that is left.
     */
    public long truncateTo(long offset, LogConfig config) throws IOException {
        int position = positionOf(offset);
        OffsetEntries offsets = indexes.offsets().below(relative(offset));
        TimeEntries ages = indexes.times().below(relative(offset));
        synchronized (this) {
            // The entries go first: a reader must not find some that point beyond the file's end.
            indexes.activate(offsets, ages, config.segmentIndexBytes());
            cutFileTo(position);
            transactions.truncateTo(offset);
            transactions.unshare();
            phase = Phase.ACTIVE;
        }
        return walkEnd(offsets, ages);
    }

    /** No record comes after this; {@link #finish} brings the files in order. */
    public synchronized void close() {
        if (phase == Phase.ACTIVE) {
            indexes.addTime(times.knownMax());
            phase = Phase.CLOSING;
        }
    }

    /** Gives the files of a closing segment their final size. Does nothing to any other. */
    public synchronized void finish() throws IOException {
        if (phase != Phase.CLOSING) {
            return;
        }
        indexes.finish();
        transactions.writeBehind();
        if (writer.isPreallocated()) {
            cutFileTo(size);
            writer.trimmed();
        }
        tail.replaceBy(new OffsetEntries());
        phase = Phase.CLOSED;
    }

    public long offsetIndexBytes() throws IOException {
        return indexes.offsetIndexBytes();
    }

    public long timeIndexBytes() throws IOException {
        return indexes.timeIndexBytes();
    }

    /** The age of a compacted segment is that of the records in it. */
    public void setLastModifiedMs(long timeMs) throws IOException {
        files.setLastModifiedMs(timeMs);
    }

    /** Makes all files of a segment durable that is in the log, be it active. */
    public void fsyncWithIndexes() throws IOException {
        file.fsync();
        files.fsyncIndexes();
    }

    /** Gives the files of a closed segment second names in another directory. */
    public void linkInto(Path directory) throws IOException {
        files.linkInto(directory);
    }

    /** Makes records and, in a closed segment, indexes durable. */
    public void fsync() throws IOException {
        Phase now = phase();
        if (now == Phase.DELETED) {
            return;
        }
        file.fsync();
        if (now == Phase.CLOSED) {
            files.fsyncIndexes();
        }
    }

    private synchronized Phase phase() {
        return phase;
    }

    public boolean isDeleted() {
        return phase() == Phase.DELETED;
    }

    /** Takes the segment's files out of the log, under names that say so; readers at work go on. */
    public synchronized List<Path> renameToDeleted() throws IOException {
        phase = Phase.DELETED;
        return files.renameToDeleted();
    }

    /** Gives all files other names, the log first: what a crash leaves of that can be told apart. */
    public synchronized void changeSuffix(String from, String to) throws IOException {
        files.changeSuffix(from, to);
    }

    /** Of a segment that is in no log: nothing is left of it. */
    public synchronized void deleteFiles() throws IOException {
        phase = Phase.DELETED;
        files.delete();
    }

    /** The directory has a new name. */
    public void movedTo(Path directory) {
        files.movedTo(directory);
    }

    /** Gives back the file handle and the memory of the indexes. */
    public void releaseFile() {
        files.release();
    }

    private int relative(long offset) {
        return (int) (offset - baseOffset);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
