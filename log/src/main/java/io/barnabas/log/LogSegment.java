package io.barnabas.log;

import io.barnabas.runtime.Disk;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A stretch of a partition's log: one {@code .log} file and its two sparse indexes. The last segment of a log is active
 * and grows; a closed one never changes. Whoever changes one holds the partition's lock; {@link #finish},
 * {@link #fsync} and {@link #writeIndexesBehind} need no lock; reading needs none either: what lies below
 * {@link #sizeInBytes} is there, indexed and stays.
 */
final class LogSegment {
    /** So many index entries in memory are worth a write. */
    static final int WRITE_BEHIND_ENTRIES = 64;

    /** Of the newest batches each single one is known, so that reading at the end needs no search in the file. */
    private static final int TAIL_BATCHES = 256;

    private enum Phase {
        ACTIVE,
        /** Takes no more records, its files are still those of an active one. */
        CLOSING,
        CLOSED
    }

    private final LogResources resources;
    private final long baseOffset;
    private final long createdMs;
    private final long rollJitterMs;
    private final int indexIntervalBytes;
    private final SegmentFile file;
    private final SegmentIndex<OffsetEntries> offsets;
    private final SegmentIndex<TimeEntries> times;

    private volatile int size;
    private volatile OffsetEntries tail = new OffsetEntries();

    /** Guarded by this. */
    private Phase phase = Phase.CLOSED;

    private boolean preallocated;
    private int bytesSinceIndexEntry;
    private long firstTimestamp = BatchHeader.NO_TIMESTAMP;

    /** Unknown in a closed segment until somebody asks. */
    private volatile MaxTimestamp maxTimestamp;

    private LogSegment(LogResources resources, Path directory, long baseOffset, long createdMs, LogConfig config) {
        Disk disk = resources.disk();
        this.resources = resources;
        this.baseOffset = baseOffset;
        this.createdMs = createdMs;
        this.rollJitterMs = jitter(resources, config);
        this.indexIntervalBytes = config.indexIntervalBytes();
        this.file = new SegmentFile(resources.handles(), LogFiles.of(directory, baseOffset, LogFiles.LOG));
        this.offsets = new SegmentIndex<>(
                disk,
                LogFiles.of(directory, baseOffset, LogFiles.OFFSET_INDEX),
                resources.indexes(),
                OffsetEntries.ENTRY_BYTES);
        this.times = new SegmentIndex<>(
                disk,
                LogFiles.of(directory, baseOffset, LogFiles.TIME_INDEX),
                resources.indexes(),
                TimeEntries.ENTRY_BYTES);
    }

    /** Makes the {@code .log} file of a new active segment; {@link #createIndexFiles} makes the others. */
    static LogSegment create(LogResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, nowMs, config);
        segment.file.create();
        segment.phase = Phase.ACTIVE;
        segment.maxTimestamp = MaxTimestamp.NONE;
        segment.offsets.activateInMemory(new OffsetEntries());
        segment.times.activateInMemory(new TimeEntries());
        if (config.preallocate()) {
            segment.preallocated = true;
            segment.writeAt(ByteBuffer.allocate(1), config.segmentBytes() - 1);
        }
        return segment;
    }

    /** A closed segment as it stands on disk. */
    static LogSegment open(LogResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, nowMs, config);
        segment.size = Math.toIntExact(resources.disk().size(segment.path()));
        return segment;
    }

    private static long jitter(LogResources resources, LogConfig config) {
        long bound = Math.min(config.segmentJitterMs(), config.segmentMs());
        return bound <= 0 ? 0 : resources.random().nextLong(bound);
    }

    long baseOffset() {
        return baseOffset;
    }

    Path path() {
        return file.path();
    }

    int sizeInBytes() {
        return size;
    }

    long createdMs() {
        return createdMs;
    }

    long rollJitterMs() {
        return rollJitterMs;
    }

    int indexIntervalBytes() {
        return indexIntervalBytes;
    }

    /** The youngest timestamp of the first batch, negative when it has none. */
    long firstTimestamp() throws IOException {
        if (firstTimestamp < 0 && size > 0) {
            OpenFile open = file.acquire();
            try {
                BatchCursor first = new BatchCursor(BatchHeader.HEADER_BYTES).start(open.channel(), 0, size);
                firstTimestamp = first.next() ? first.maxTimestamp() : BatchHeader.NO_TIMESTAMP;
            } finally {
                open.release();
            }
        }
        return firstTimestamp;
    }

    boolean offsetIndexIsFull(int indexBytes) {
        return offsets.active().count() >= indexBytes / OffsetEntries.ENTRY_BYTES;
    }

    /** One place is kept for the last entry, which is made when the segment closes. */
    boolean timeIndexIsFull(int indexBytes) {
        return times.active().count() >= indexBytes / TimeEntries.ENTRY_BYTES - 1;
    }

    /**
     * Writes whole batches with a single call of the operating system. When that fails, the file is cut back to what it
     * was and the log goes on without them.
     */
    void append(ByteBuf batches, MaxTimestamp newest, long lastOffset, LogConfig config) throws IOException {
        int position = size;
        int length = batches.readableBytes();
        writeOrCutBack(batches, position, length);
        if (position == 0) {
            firstTimestamp = Batches.maxTimestamp(batches, batches.readerIndex());
        }
        if (newest.timestamp() > maxTimestamp.timestamp()) {
            maxTimestamp = newest;
        }
        if (bytesSinceIndexEntry > config.indexIntervalBytes()) {
            addIndexEntries(lastOffset, position, config.segmentIndexBytes());
        }
        bytesSinceIndexEntry += length;
        addToTail(batches, position);
        size = position + length;
    }

    private void addIndexEntries(long lastOffset, int position, int indexBytes) {
        if (!offsetIndexIsFull(indexBytes)) {
            offsets.active().add(relative(lastOffset), position);
        }
        if (!timeIndexIsFull(indexBytes)) {
            addTimeEntry();
        }
        bytesSinceIndexEntry = 0;
    }

    private void addTimeEntry() {
        MaxTimestamp newest = maxTimestamp;
        times.active().addIfYounger(newest.timestamp(), newest.timestamp() < 0 ? 0 : relative(newest.offset()));
    }

    private void addToTail(ByteBuf batches, int position) {
        OffsetEntries known = tail;
        if (known.count() >= 2 * TAIL_BATCHES) {
            known = known.last(TAIL_BATCHES);
            tail = known;
        }
        int end = batches.writerIndex();
        for (int at = batches.readerIndex(); at < end; at += BatchHeader.sizeInBytes(batches, at)) {
            known.add(relative(Batches.lastOffset(batches, at)), position + at - batches.readerIndex());
        }
    }

    private void writeOrCutBack(ByteBuf batches, int position, int length) throws IOException {
        OpenFile open = file.acquire();
        try {
            write(batches, open.channel(), position, length);
        } catch (IOException failure) {
            cutBack(open.channel(), position, failure);
            throw failure;
        } finally {
            open.release();
        }
    }

    private static void write(ByteBuf batches, FileChannel channel, int position, int length) throws IOException {
        int written = 0;
        while (written < length) {
            written += batches.getBytes(
                    batches.readerIndex() + written, channel, (long) position + written, length - written);
        }
    }

    private void cutBack(FileChannel channel, int position, IOException cause) {
        try {
            if (!preallocated) {
                channel.truncate(position);
            }
        } catch (IOException second) {
            cause.addSuppressed(second);
        }
    }

    boolean indexEntriesAreDue() {
        return offsets.unwritten() >= WRITE_BEHIND_ENTRIES;
    }

    void writeIndexesBehind() throws IOException {
        offsets.writeBehind();
        times.writeBehind();
    }

    /** True when reading needs no index from disk. */
    boolean isIndexInMemory() {
        return offsets.inMemory() != null;
    }

    /** A position at or before the batch that holds {@code offset}, as far as memory knows. */
    int knownPositionBefore(long offset) {
        if (offset <= baseOffset || offset - baseOffset > Integer.MAX_VALUE) {
            return offset <= baseOffset ? 0 : size;
        }
        OffsetEntries newest = tail;
        int at = newest.floor(relative(offset));
        if (at >= 0) {
            return newest.position(at);
        }
        OffsetEntries index = offsets.inMemory();
        int floor = index == null ? -1 : index.floor(relative(offset));
        return floor < 0 ? 0 : index.position(floor);
    }

    /** Where the first batch begins that ends at or after {@code offset}; the segment's end when there is none. */
    int positionOf(long offset) throws IOException {
        int end = size;
        if (offset <= baseOffset) {
            return 0;
        }
        if (offset - baseOffset > Integer.MAX_VALUE) {
            return end;
        }
        OffsetEntries newest = tail;
        int known = newest.count();
        int at = newest.floor(relative(offset) - 1) + 1;
        if (known > 0 && (at > 0 || newest.position(0) == 0)) {
            return at < known ? Math.min(newest.position(at), end) : end;
        }
        return search(offset, end);
    }

    private int search(long offset, int end) throws IOException {
        OffsetEntries index = offsetEntries();
        int floor = index.floor(relative(offset));
        int from = floor < 0 ? 0 : index.position(floor);
        if (floor >= 0 && index.relativeOffset(floor) == relative(offset)) {
            return from;
        }
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor = ScanBuffers.cursor().start(open.channel(), from, end);
            while (cursor.next()) {
                if (cursor.lastOffset() >= offset) {
                    return cursor.position();
                }
            }
            return cursor.position();
        } finally {
            open.release();
        }
    }

    /** The size of the batch that begins at {@code position}, or 0 when none does. */
    int batchSizeAt(int position) throws IOException {
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor = ScanBuffers.cursor().start(open.channel(), position, size);
            return cursor.next() ? cursor.sizeInBytes() : 0;
        } finally {
            open.release();
        }
    }

    /** The caller releases it. */
    OpenFile acquire() throws IOException {
        return file.acquire();
    }

    /** The offset index, read from disk where needed and made anew where it is of no use. */
    OffsetEntries offsetEntries() throws IOException {
        OffsetEntries entries = loadOrNull(offsets, this::readOffsets);
        if (entries == null) {
            SegmentScan.rebuildIndexes(this, "the offset index is missing or damaged");
            entries = offsets.load(this::readOffsets);
        }
        return entries;
    }

    TimeEntries timeEntries() throws IOException {
        TimeEntries entries = loadOrNull(times, this::readTimes);
        if (entries == null) {
            SegmentScan.rebuildIndexes(this, "the time index is missing or damaged");
            entries = times.load(this::readTimes);
        }
        return entries;
    }

    private OffsetEntries readOffsets(ByteBuffer bytes) {
        return OffsetEntries.read(bytes, size);
    }

    private TimeEntries readTimes(ByteBuffer bytes) {
        return TimeEntries.read(bytes);
    }

    private static <E extends IndexEntries<E>> E loadOrNull(SegmentIndex<E> index, SegmentIndex.Reader<E> reader)
            throws IOException {
        try {
            return index.load(reader);
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    boolean hasOffsetIndexFile() {
        return offsets.fileExists();
    }

    boolean hasTimeIndexFile() {
        return times.fileExists();
    }

    /** The youngest timestamp of all records and the last offset of its batch; {@link MaxTimestamp#NONE} if unknown. */
    MaxTimestamp maxTimestamp() throws IOException {
        MaxTimestamp known = maxTimestamp;
        if (known == null) {
            TimeEntries entries = timeEntries();
            int last = entries.count() - 1;
            known = last < 0
                    ? MaxTimestamp.NONE
                    : new MaxTimestamp(entries.timestamp(last), baseOffset + entries.relativeOffset(last));
            maxTimestamp = known;
        }
        return known;
    }

    /** As {@link #maxTimestamp}; where no record has one, the time of the last write. */
    long largestTimestamp() throws IOException {
        long newest = maxTimestamp().timestamp();
        return newest >= 0 ? newest : lastModifiedMs();
    }

    long lastModifiedMs() throws IOException {
        return resources.disk().lastModifiedMs(path());
    }

    /** The files of the indexes, at their full size; {@code create} left them out. */
    void createIndexFiles(LogConfig config) throws IOException {
        offsets.createFile(config.segmentIndexBytes());
        times.createFile(config.segmentIndexBytes());
    }

    /**
     * Makes a segment that stands on disk the active one; gives the offset after its last record, or -1 when its end
     * is damaged.
     */
    long activate(LogConfig config) throws IOException {
        OffsetEntries entries = offsetEntries();
        TimeEntries timestamps = timeEntries();
        synchronized (this) {
            offsets.activate(copy(entries), config.segmentIndexBytes());
            times.activate(timestamps.below(Integer.MAX_VALUE), config.segmentIndexBytes());
            phase = Phase.ACTIVE;
        }
        return walkEnd(entries, timestamps);
    }

    private static OffsetEntries copy(OffsetEntries entries) {
        return entries.below(Integer.MAX_VALUE);
    }

    /** What lies behind the last index entry is not in the indexes: find its end and its youngest timestamp. */
    private long walkEnd(OffsetEntries entries, TimeEntries timestamps) throws IOException {
        int lastTime = timestamps.count() - 1;
        MaxTimestamp newest = lastTime < 0
                ? MaxTimestamp.NONE
                : new MaxTimestamp(timestamps.timestamp(lastTime), baseOffset + timestamps.relativeOffset(lastTime));
        int last = entries.count() - 1;
        long nextOffset = last < 0 ? baseOffset : baseOffset + entries.relativeOffset(last) + 1;
        OffsetEntries walked = new OffsetEntries();
        int reached;
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor = new BatchCursor(SegmentScan.CHUNK_BYTES)
                    .start(open.channel(), last < 0 ? 0 : entries.position(last), size);
            while (cursor.next()) {
                nextOffset = cursor.lastOffset() + 1;
                walked.add(relative(cursor.lastOffset()), cursor.position());
                if (cursor.maxTimestamp() > newest.timestamp()) {
                    newest = new MaxTimestamp(cursor.maxTimestamp(), cursor.lastOffset());
                }
            }
            reached = cursor.position();
        } finally {
            open.release();
        }
        bytesSinceIndexEntry = 0;
        maxTimestamp = newest;
        tail = walked;
        return reached == size ? nextOffset : -1;
    }

    /** Takes what a scan of the whole file found: closed indexes, an end after the last good batch. */
    void rebuilt(OffsetEntries entries, TimeEntries timestamps, MaxTimestamp newest) throws IOException {
        synchronized (this) {
            offsets.rewrite(entries);
            times.rewrite(timestamps);
            maxTimestamp = newest;
            phase = Phase.CLOSED;
        }
    }

    /** Cuts the file; the caller sets the indexes right. */
    void cutFileTo(int newSize) throws IOException {
        OpenFile open = file.acquire();
        try {
            open.channel().truncate(newSize);
        } finally {
            open.release();
        }
        size = newSize;
        firstTimestamp = BatchHeader.NO_TIMESTAMP;
    }

    /** Drops the batch that holds {@code offset} and all after it, and becomes the active segment. */
    void truncateTo(long offset, LogConfig config) throws IOException {
        int position = positionOf(offset);
        OffsetEntries entries = offsetEntries().below(relative(offset));
        TimeEntries timestamps = timeEntries().below(relative(offset));
        synchronized (this) {
            cutFileTo(position);
            offsets.activate(entries, config.segmentIndexBytes());
            times.activate(timestamps, config.segmentIndexBytes());
            phase = Phase.ACTIVE;
        }
        walkEnd(entries, timestamps);
    }

    /** No record comes after this; {@link #finish} brings the files in order. */
    synchronized void close() {
        if (phase == Phase.ACTIVE) {
            addTimeEntry();
            phase = Phase.CLOSING;
        }
    }

    /** Gives the files of a closing segment their final size. Does nothing to an active or a closed one. */
    synchronized void finish() throws IOException {
        if (phase != Phase.CLOSING) {
            return;
        }
        offsets.finish();
        times.finish();
        if (preallocated) {
            cutFileTo(size);
            preallocated = false;
        }
        tail = new OffsetEntries();
        phase = Phase.CLOSED;
    }

    /** Makes records and, in a closed segment, indexes durable. */
    void fsync() throws IOException {
        OpenFile open = file.acquire();
        try {
            open.channel().force(true);
        } finally {
            open.release();
        }
        boolean closed;
        synchronized (this) {
            closed = phase == Phase.CLOSED;
        }
        if (closed && offsets.fileExists() && times.fileExists()) {
            offsets.fsync();
            times.fsync();
        }
    }

    /** Takes the segment's files out of the log, under names that say so; readers at work go on. */
    List<Path> renameToDeleted() throws IOException {
        offsets.forget();
        times.forget();
        file.renameTo(LogFiles.withSuffix(path(), LogFiles.DELETED));
        offsets.renameTo(LogFiles.withSuffix(offsets.path(), LogFiles.DELETED));
        times.renameTo(LogFiles.withSuffix(times.path(), LogFiles.DELETED));
        return List.of(path(), offsets.path(), times.path());
    }

    void deleteFiles() throws IOException {
        releaseFile();
        resources.disk().deleteIfExists(path());
        resources.disk().deleteIfExists(offsets.path());
        resources.disk().deleteIfExists(times.path());
    }

    /** The directory has a new name. */
    void movedTo(Path directory) {
        file.movedTo(directory.resolve(path().getFileName()));
        offsets.movedTo(directory.resolve(offsets.path().getFileName()));
        times.movedTo(directory.resolve(times.path().getFileName()));
    }

    /** Gives back the file handle and the memory of the indexes. */
    void releaseFile() {
        file.close();
        offsets.forget();
        times.forget();
    }

    private void writeAt(ByteBuffer bytes, long position) throws IOException {
        OpenFile open = file.acquire();
        try {
            open.channel().write(bytes, position);
        } finally {
            open.release();
        }
    }

    private int relative(long offset) {
        return (int) (offset - baseOffset);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
