package io.barnabas.log;

import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a partition's log: one {@code .log} file, its two sparse indexes and that of aborted transactions. The last segment of a log is active
 * and grows; a closed one never changes. Whoever changes one holds the partition's lock; {@link #finish},
 * {@link #fsync} and {@link #writeIndexesBehind} need no lock; reading needs none either: what lies below
 * {@link #sizeInBytes} is there, indexed and stays.
 */
final class LogSegment {
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

    private final LogResources resources;
    private final long baseOffset;
    private final long createdMs;
    private final long rollJitterMs;
    private final int indexIntervalBytes;
    private final SegmentFile file;
    private final SegmentIndexes indexes;
    private final TransactionIndex transactions;
    private final BatchTail tail;
    private final WarmRegions warm;

    private volatile int size;

    /** Guarded by this. */
    private Phase phase = Phase.CLOSED;

    private boolean preallocated;
    private int bytesSinceIndexEntry;
    private long firstTimestamp;
    private volatile boolean firstTimestampIsKnown;

    /** Null while it is unknown, in a closed segment until somebody asks. */
    private volatile MaxTimestamp maxTimestamp;

    private LogSegment(
            LogResources resources, Path directory, long baseOffset, String suffix, LogConfig config, long createdMs) {
        this.resources = resources;
        this.baseOffset = baseOffset;
        this.createdMs = createdMs;
        this.rollJitterMs = jitter(resources, config);
        this.indexIntervalBytes = config.indexIntervalBytes();
        this.tail = new BatchTail(baseOffset);
        this.warm = new WarmRegions(resources.pageCache());
        this.file = new SegmentFile(resources.handles(), LogFiles.of(directory, baseOffset, LogFiles.LOG + suffix));
        this.transactions = new TransactionIndex(resources.disk(), directory, baseOffset, suffix);
        this.indexes = new SegmentIndexes(
                resources.disk(),
                resources.indexes(),
                directory,
                baseOffset,
                suffix,
                this::sizeInBytes,
                why -> SegmentScan.rebuildIndexes(this, why));
    }

    /** Makes the {@code .log} file of a new active segment; {@link #createIndexFiles} makes the others. */
    static LogSegment create(LogResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, "", config, nowMs);
        segment.begin();
        if (config.preallocate()) {
            segment.preallocated = true;
            segment.file.write(ByteBuffer.allocate(1), config.segmentBytes() - 1);
        }
        return segment;
    }

    /** A segment for the output of a compaction, under names that say so; it is not part of the log. */
    static LogSegment createCleaned(
            LogResources resources, Path directory, long baseOffset, LogConfig config, long nowMs) throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, LogFiles.CLEANED, config, nowMs);
        segment.deleteFiles();
        segment.begin();
        return segment;
    }

    private void begin() throws IOException {
        file.create();
        phase = Phase.ACTIVE;
        maxTimestamp = MaxTimestamp.NONE;
        indexes.begin();
        transactions.begin();
    }

    /** A closed segment as it stands on disk. */
    static LogSegment open(LogResources resources, Path directory, long baseOffset, LogConfig config, long nowMs)
            throws IOException {
        LogSegment segment = new LogSegment(resources, directory, baseOffset, "", config, nowMs);
        segment.size = Math.toIntExact(resources.disk().size(segment.path()));
        return segment;
    }

    private static long jitter(LogResources resources, LogConfig config) {
        long bound = Math.min(config.segmentJitterMs(), config.segmentMs());
        if (bound <= 0) {
            return 0;
        }
        synchronized (resources) {
            return resources.random().nextLong(bound);
        }
    }

    long baseOffset() {
        return baseOffset;
    }

    /** What was aborted here. */
    TransactionIndex transactions() {
        return transactions;
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
        if (!firstTimestampIsKnown && size > 0) {
            OpenFile open = file.acquire();
            try {
                BatchCursor first = ScanBuffers.cursor().start(open.channel(), 0, size);
                knowFirstTimestamp(first.next() ? first.maxTimestamp() : BatchHeader.NO_TIMESTAMP);
            } finally {
                open.release();
            }
        }
        return firstTimestamp;
    }

    private void knowFirstTimestamp(long timestamp) {
        firstTimestamp = timestamp;
        firstTimestampIsKnown = true;
    }

    boolean anIndexIsFull(int indexBytes) {
        return indexes.offsetsAreFull(indexBytes) || indexes.timesAreFull(indexBytes);
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
            knowFirstTimestamp(Batches.maxTimestamp(batches, batches.readerIndex()));
        }
        if (newest.timestamp() > maxTimestamp.timestamp()) {
            maxTimestamp = newest;
        }
        if (bytesSinceIndexEntry > config.indexIntervalBytes()) {
            indexes.add(lastOffset, position, maxTimestamp, config.segmentIndexBytes());
            bytesSinceIndexEntry = 0;
        }
        bytesSinceIndexEntry += length;
        tail.add(batches, position);
        warm.appended(position, length);
        size = position + length;
    }

    /** As {@link #append}, batch by batch as far as the indexes are concerned: for many batches of different age. */
    void appendCompacted(ByteBuf batches, LogConfig config) throws IOException {
        int position = size;
        writeOrCutBack(batches, position, batches.readableBytes());
        int begin = batches.readerIndex();
        int end = batches.writerIndex();
        for (int at = begin; at < end; at += BatchHeader.sizeInBytes(batches, at)) {
            long lastOffset = Batches.lastOffset(batches, at);
            long timestamp = Batches.maxTimestamp(batches, at);
            if (timestamp > maxTimestamp.timestamp()) {
                maxTimestamp = new MaxTimestamp(timestamp, lastOffset);
            }
            if (bytesSinceIndexEntry > config.indexIntervalBytes()) {
                indexes.add(lastOffset, position + at - begin, maxTimestamp, config.segmentIndexBytes());
                bytesSinceIndexEntry = 0;
            }
            bytesSinceIndexEntry += BatchHeader.sizeInBytes(batches, at);
        }
        size = position + end - begin;
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
        return indexes.unwritten() >= WRITE_BEHIND_ENTRIES;
    }

    void writeIndexesBehind() throws IOException {
        indexes.writeBehind();
        transactions.writeBehind();
    }

    private boolean isIndexInMemory() {
        return indexes.offsetsInMemory() != null;
    }

    /** True when reading up to {@code maxBytes} from {@code offset} on will most likely not have to wait for the disk. */
    boolean isWarm(long offset, int maxBytes) {
        if (!isIndexInMemory()) {
            return false;
        }
        int end = size;
        int from = Math.min(knownPositionBefore(offset), end);
        int to = (int) Math.min((long) from + Math.max(maxBytes, 1), end);
        return warm.firstCold(from, to) == to;
    }

    /**
     * Reads what lies between the positions, as far as that is not in memory, and some more behind it, since most who
     * read go on there. The contents go nowhere.
     */
    void warmUp(int from, int to) throws IOException {
        int begin = warm.firstCold(from, to);
        if (begin == to) {
            return;
        }
        int end = WarmRegions.endOfRegion(to - 1, size);
        OpenFile open = file.acquire();
        try {
            ScanBuffers.skim(open.channel(), begin, end);
        } finally {
            open.release();
        }
        warm.read(begin, end - begin);
    }

    /** A position at or before the batch that holds {@code offset}, as far as memory knows. */
    private int knownPositionBefore(long offset) {
        if (offset <= baseOffset || offset - baseOffset > Integer.MAX_VALUE) {
            return offset <= baseOffset ? 0 : size;
        }
        int known = tail.positionBefore(relative(offset));
        if (known != BatchTail.UNKNOWN) {
            return known;
        }
        OffsetEntries index = indexes.offsetsInMemory();
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
        int known = tail.positionOf(relative(offset), end);
        if (known != BatchTail.UNKNOWN) {
            return known;
        }
        return search(offset, end);
    }

    private int search(long offset, int end) throws IOException {
        OffsetEntries index = indexes.offsets();
        int floor = index.floor(relative(offset));
        // An entry names the last offset of an append, which may have brought several batches from its position on.
        int from = floor < 0 ? 0 : index.position(floor);
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

    /** The size of the batch that begins at {@code position}, if that is more than {@code bytes}; else {@code bytes}. */
    int atLeastOneBatch(int position, int bytes) throws IOException {
        OffsetEntries index = indexes.offsetsInMemory();
        boolean isKnownToFit = isWithin(tail.firstPositionFrom(position + 1), position, bytes)
                || index != null && isWithin(index.firstPositionFrom(position + 1), position, bytes);
        return isKnownToFit ? bytes : Math.max(bytes, batchSizeAt(position));
    }

    /** True when the next batch that is known begins soon enough; one that is unknown cannot be larger. */
    /** An offset that no batch before {@code position} reaches; {@code otherwise} when the index in memory has none. */
    long offsetBehind(int position, long otherwise) {
        OffsetEntries index = indexes.offsetsInMemory();
        int entry = index == null ? -1 : index.firstEntryFrom(position);
        return entry < 0 ? otherwise : baseOffset + index.relativeOffset(entry);
    }

    private static boolean isWithin(int next, int position, int bytes) {
        return next > 0 && next - position <= bytes;
    }

    private int batchSizeAt(int position) throws IOException {
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

    TimeEntries timeEntries() throws IOException {
        return indexes.times();
    }

    /** The youngest timestamp of all records and the last offset of its batch; {@link MaxTimestamp#NONE} if unknown. */
    MaxTimestamp maxTimestamp() throws IOException {
        MaxTimestamp known = maxTimestamp;
        if (known == null) {
            known = lastOf(indexes.times());
            maxTimestamp = known;
        }
        return known;
    }

    private MaxTimestamp lastOf(TimeEntries entries) {
        int last = entries.count() - 1;
        return last < 0
                ? MaxTimestamp.NONE
                : new MaxTimestamp(entries.timestamp(last), baseOffset + entries.relativeOffset(last));
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
        indexes.createFiles(config.segmentIndexBytes());
    }

    /**
     * Makes a segment that stands on disk the active one; gives the offset after its last record, or -1 when its end
     * is damaged.
     */
    long activate(LogConfig config) throws IOException {
        OffsetEntries offsets = indexes.offsets();
        TimeEntries times = indexes.times();
        transactions.load();
        synchronized (this) {
            indexes.activate(
                    offsets.below(Integer.MAX_VALUE), times.below(Integer.MAX_VALUE), config.segmentIndexBytes());
            phase = Phase.ACTIVE;
        }
        return walkEnd(offsets, times);
    }

    /** What lies behind the last entries is not in the indexes: find the end and the youngest timestamp. */
    private long walkEnd(OffsetEntries offsets, TimeEntries times) throws IOException {
        MaxTimestamp newest = lastOf(times);
        OffsetEntries walked = new OffsetEntries();
        int last = offsets.count() - 1;
        long nextOffset = last < 0 ? baseOffset : baseOffset + offsets.relativeOffset(last) + 1;
        int indexed = last < 0 ? 0 : offsets.position(last);
        int known = newest.offset() < 0 ? -1 : offsets.floor(relative(newest.offset()));
        OpenFile open = file.acquire();
        try {
            BatchCursor cursor =
                    ScanBuffers.cursor().start(open.channel(), known < 0 ? 0 : offsets.position(known), size);
            while (cursor.next()) {
                nextOffset = cursor.lastOffset() + 1;
                if (cursor.position() >= indexed) {
                    walked.add(relative(cursor.lastOffset()), cursor.position());
                }
                if (cursor.maxTimestamp() > newest.timestamp()) {
                    newest = new MaxTimestamp(cursor.maxTimestamp(), cursor.lastOffset());
                }
            }
            bytesSinceIndexEntry = 0;
            maxTimestamp = newest;
            tail.replaceBy(walked);
            return cursor.position() == size ? nextOffset : -1;
        } finally {
            open.release();
        }
    }

    /** Takes what a scan of the whole file found, unless the segment is an active one by now. */
    synchronized void rebuilt(SegmentScan.Result found) throws IOException {
        if (phase != Phase.CLOSED) {
            return;
        }
        indexes.rewrite(found.offsets(), found.times());
        maxTimestamp = found.newest();
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
        firstTimestampIsKnown = false;
    }

    /** Drops the batch that holds {@code offset} and all after it, and becomes the active segment. */
    void truncateTo(long offset, LogConfig config) throws IOException {
        int position = positionOf(offset);
        OffsetEntries offsets = indexes.offsets().below(relative(offset));
        TimeEntries times = indexes.times().below(relative(offset));
        synchronized (this) {
            // The entries go first: a reader must not find some that point beyond the file's end.
            indexes.activate(offsets, times, config.segmentIndexBytes());
            cutFileTo(position);
            transactions.truncateTo(offset);
            phase = Phase.ACTIVE;
        }
        walkEnd(offsets, times);
    }

    /** No record comes after this; {@link #finish} brings the files in order. */
    synchronized void close() {
        if (phase == Phase.ACTIVE) {
            indexes.addTime(maxTimestamp);
            phase = Phase.CLOSING;
        }
    }

    /** Gives the files of a closing segment their final size. Does nothing to any other. */
    synchronized void finish() throws IOException {
        if (phase != Phase.CLOSING) {
            return;
        }
        indexes.finish();
        transactions.writeBehind();
        if (preallocated) {
            cutFileTo(size);
            preallocated = false;
        }
        tail.replaceBy(new OffsetEntries());
        phase = Phase.CLOSED;
    }

    long offsetIndexBytes() throws IOException {
        return indexes.offsetIndexBytes();
    }

    long timeIndexBytes() throws IOException {
        return indexes.timeIndexBytes();
    }

    /** The age of a compacted segment is that of the records in it. */
    void setLastModifiedMs(long timeMs) throws IOException {
        for (Path path : paths()) {
            if (resources.disk().exists(path)) {
                resources.disk().setLastModifiedMs(path, timeMs);
            }
        }
    }

    /** Makes records and, in a closed segment, indexes durable. */
    void fsync() throws IOException {
        Phase now = phase();
        if (now == Phase.DELETED) {
            return;
        }
        file.fsync();
        if (now == Phase.CLOSED) {
            indexes.fsync();
            transactions.fsync();
        }
    }

    private synchronized Phase phase() {
        return phase;
    }

    boolean isDeleted() {
        return phase() == Phase.DELETED;
    }

    /** Takes the segment's files out of the log, under names that say so; readers at work go on. */
    synchronized List<Path> renameToDeleted() throws IOException {
        phase = Phase.DELETED;
        indexes.forget();
        changeSuffix("", LogFiles.DELETED);
        file.close();
        return paths();
    }

    /** Gives all files other names, the log first: what a crash leaves of that can be told apart. */
    synchronized void changeSuffix(String from, String to) throws IOException {
        file.renameTo(LogFiles.changeSuffix(path(), from, to));
        indexes.changeSuffix(from, to);
        transactions.changeSuffix(from, to);
    }

    /** Of a segment that is in no log: nothing is left of it. */
    synchronized void deleteFiles() throws IOException {
        phase = Phase.DELETED;
        indexes.forget();
        file.close();
        for (Path path : paths()) {
            resources.disk().deleteIfExists(path);
        }
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>(indexes.paths());
        paths.add(transactions.path());
        paths.add(path());
        return paths;
    }

    /** The directory has a new name. */
    void movedTo(Path directory) {
        file.movedTo(directory.resolve(path().getFileName()));
        indexes.movedTo(directory);
        transactions.movedTo(directory);
    }

    /** Gives back the file handle and the memory of the indexes. */
    void releaseFile() {
        file.close();
        indexes.forget();
        transactions.forget();
    }

    private int relative(long offset) {
        return (int) (offset - baseOffset);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
