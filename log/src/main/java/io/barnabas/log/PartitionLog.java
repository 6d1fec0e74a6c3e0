package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.CORRUPT_MESSAGE;
import static io.barnabas.wire.ErrorCode.KAFKA_STORAGE_ERROR;
import static io.barnabas.wire.ErrorCode.OFFSET_OUT_OF_RANGE;
import static io.barnabas.wire.ErrorCode.RECORD_LIST_TOO_LARGE;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.runtime.Invariants;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One partition's log: segments on disk, of which the last one grows. Any thread may call. What changes the log takes
 * the partition's lock, for as long as it writes and no longer; readers see immutable lists and volatile offsets:
 * {@code logStartOffset <= highWatermark <= logEndOffset}. fsync, trimming and deletion happen on the disk pool.
 */
public final class PartitionLog {
    private static final Rejected OFFLINE =
            new Rejected(KAFKA_STORAGE_ERROR, "the log is closed or its directory offline");

    private final ReentrantLock lock = new ReentrantLock();
    private final TopicPartition topicPartition;
    private final LogResources resources;
    private final LogDirectory home;
    private final DiskTasks tasks;
    private final LogFlusher flusher;
    private final LogReader reader;
    private final DeletedSegments deletedSegments;
    private final LogAppender appender;
    private final LogTruncation truncation;
    private final SegmentSwap swap;
    private final LogState state;

    private volatile Path path;
    private volatile Uuid topicId;
    private volatile LogConfig config;

    /** Where the last compaction ended; negative when there was none. Changes under the lock. */
    private volatile long compactedUpTo = -1;

    private volatile boolean dirty;
    private volatile boolean flushIsUnderWay;
    private volatile boolean writeBehindIsUnderWay;

    PartitionLog(
            TopicPartition topicPartition,
            Uuid topicId,
            LogConfig config,
            LogResources resources,
            LogDirectory home,
            Path path,
            LogState state,
            long recoveryPoint,
            long nowMs) {
        this.topicPartition = topicPartition;
        this.topicId = topicId;
        this.config = config;
        this.resources = resources;
        this.home = home;
        this.path = path;
        this.state = state;
        this.tasks = new DiskTasks(resources, home, topicPartition);
        this.reader = new LogReader(this, tasks);
        this.deletedSegments = new DeletedSegments(resources, tasks, state.snapshots);
        this.flusher = new LogFlusher(resources, home, lock, state.snapshots, recoveryPoint, nowMs);
        this.appender = new LogAppender(state, flusher, tasks, resources);
        this.truncation = new LogTruncation(state, flusher, deletedSegments, resources);
        this.swap = new SegmentSwap(lock, state, flusher, deletedSegments, resources, tasks);
    }

    public TopicPartition topicPartition() {
        return topicPartition;
    }

    /** {@link Uuid#ZERO} when the directory names none. */
    public Uuid topicId() {
        return topicId;
    }

    /** Names the topic of a directory that had no id; writes the file. */
    public void assignTopicId(Uuid id) throws IOException {
        PartitionMetadata.write(resources.disk(), path, id);
        topicId = id;
    }

    public LogConfig config() {
        return config;
    }

    public void updateConfig(LogConfig next) {
        config = next;
    }

    /** The one lock of the partition; its role state may be guarded by it too. */
    public ReentrantLock lock() {
        return lock;
    }

    public LogDirectory directory() {
        return home;
    }

    public Path path() {
        return path;
    }

    public long logStartOffset() {
        return state.logStartOffset;
    }

    public long logEndOffset() {
        return state.logEndOffset;
    }

    public long highWatermark() {
        return state.highWatermark;
    }

    /** All before it is decided: no transaction is open there, and what ended one is replicated. */
    public long lastStableOffset() {
        return state.lastStableOffset();
    }

    /** All before it survives a power cut. */
    public long flushedOffset() {
        return flusher.flushedOffset();
    }

    public long sizeInBytes() {
        return state.segments.sizeInBytes();
    }

    public int segmentCount() {
        return state.segments.count();
    }

    public LeaderEpochs leaderEpochs() {
        return state.leaderEpochs;
    }

    /** Look only while you hold {@link #lock}. */
    public ProducerStates producerStates() {
        return state.producers;
    }

    SegmentList segments() {
        return state.segments;
    }

    LogResources resources() {
        return resources;
    }

    /** Moves it, within the log; a leader's never falls, a follower's may after a truncation. */
    public void updateHighWatermark(long offset) {
        lock.lock();
        try {
            if (state.moveHighWatermark(offset)) {
                home.highWatermarkMoved();
            }
        } finally {
            lock.unlock();
        }
    }

    /** This broker leads in {@code epoch}, from the log's end on. {@link #persistLeaderEpochs} makes it durable. */
    public void beginLeaderEpoch(int epoch) {
        lock.lock();
        try {
            state.leaderEpochs.assign(epoch, state.logEndOffset);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what has changed, durably; not for an event loop, and not while holding {@link #lock}. */
    public void persistLeaderEpochs() throws IOException {
        try {
            state.leaderEpochs.persist();
        } catch (IOException failure) {
            tasks.failed("writing the leader epochs", failure);
            throw failure;
        }
    }

    /**
     * Appends one validated batch of format 2; its base offset and leader epoch are set in place. A batch that is
     * there already, from an earlier try of an idempotent producer, is answered with its first offsets.
     */
    public AppendOutcome appendAsLeader(ByteBuf batch, int leaderEpoch, AppendOrigin origin, long nowMs) {
        return appendAsLeader(batch, leaderEpoch, origin, null, nowMs);
    }

    /**
     * Appends a batch that may be the first one of a transaction.
     *
     * @param verification what {@link #beginVerification} gave before the coordinator confirmed the transaction, or null
     */
    public AppendOutcome appendAsLeader(
            ByteBuf batch, int leaderEpoch, AppendOrigin origin, Verification verification, long nowMs) {
        lock.lock();
        try {
            if (isUnusable()) {
                return OFFLINE;
            }
            int at = batch.readerIndex();
            if (batch.readableBytes() > config.segmentBytes()) {
                return new Rejected(
                        RECORD_LIST_TOO_LARGE,
                        batch.readableBytes() + " bytes do not fit a segment of " + config.segmentBytes());
            }
            AppendOutcome known = state.producers.check(batch, at, origin, verification);
            if (known != null) {
                return known;
            }
            // As a follower the log may have begun a segment beyond its end, for a batch that then did not fit the
            // disk.
            long baseOffset =
                    Math.max(state.logEndOffset, state.segments.active().baseOffset());
            BatchHeader.stamp(batch, at, baseOffset, leaderEpoch);
            boolean stamped = (BatchHeader.attributes(batch, at) & BatchHeader.LOG_APPEND_TIME) != 0;
            long maxTimestamp = BatchHeader.maxTimestamp(batch, at);
            long lastOffset = BatchHeader.lastOffset(batch, at);
            Rejected refused = write(batch, new MaxTimestamp(maxTimestamp, lastOffset), lastOffset, baseOffset, nowMs);
            return refused != null
                    ? refused
                    : new Appended(baseOffset, lastOffset, stamped ? maxTimestamp : BatchHeader.NO_TIMESTAMP, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends what the leader sent as it is: batches with their offsets and epochs, in order. A batch that is cut short
     * at the end is left out. An empty log may begin anywhere.
     */
    public AppendOutcome appendAsFollower(ByteBuf batches, long nowMs) {
        FollowerBatches checked = FollowerBatches.check(batches);
        if (checked.isDamaged()) {
            return new Rejected(CORRUPT_MESSAGE, checked.damage());
        }
        lock.lock();
        try {
            if (isUnusable()) {
                return OFFLINE;
            }
            if (checked.isEmpty()) {
                return new Appended(state.logEndOffset, state.logEndOffset - 1, BatchHeader.NO_TIMESTAMP, false);
            }
            if (checked.baseOffset() < state.logEndOffset) {
                return new Rejected(
                        OFFSET_OUT_OF_RANGE,
                        "offset " + checked.baseOffset() + " is before the log's end " + state.logEndOffset);
            }
            Rejected refused =
                    write(checked.bytes(), checked.newest(), checked.lastOffset(), checked.rollOffset(), nowMs);
            return refused != null
                    ? refused
                    : new Appended(checked.baseOffset(), checked.lastOffset(), BatchHeader.NO_TIMESTAMP, false);
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnusable() {
        return home.isOffline() || tasks.haveEnded();
    }

    /**
     * The coordinator has to be asked whether the producer's transaction is under way with this partition in it, before
     * its first batch is appended; null when that batch is in the log already.
     */
    public Verification beginVerification(long producerId, short epoch, int sequence, long nowMs) {
        lock.lock();
        try {
            return state.producers.beginVerification(producerId, epoch, sequence, nowMs);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was aborted of that which a reader of {@code [from, upTo)} gets to see, in the order of the markers; null
     * when the disk would have to be asked.
     */
    public List<AbortedTransaction> abortedTransactions(long from, long upTo) {
        return AbortedLookup.inMemory(state.segments, from, upTo);
    }

    /** As {@link #abortedTransactions}, on a thread that may wait. */
    public List<AbortedTransaction> abortedTransactionsFromDisk(long from, long upTo) throws IOException {
        return LogReader.again(() -> AbortedLookup.fromDisk(state.segments, from, upTo));
    }

    /** Null when the batches are in the log. */
    private Rejected write(ByteBuf batches, MaxTimestamp newest, long lastOffset, long rollOffset, long nowMs) {
        LogConfig limits = config;
        try {
            appender.append(batches, newest, lastOffset, rollOffset, path, limits, nowMs);
        } catch (IOException failure) {
            tasks.failed("appending", failure);
            return new Rejected(KAFKA_STORAGE_ERROR, failure.getMessage());
        }
        home.wroteAgain();
        becomeDirty(limits);
        return null;
    }

    private void becomeDirty(LogConfig limits) {
        if (state.leaderEpochs.needsPersisting()) {
            tasks.later("writing the leader epochs", this::persistLeaderEpochs);
        }
        if (!dirty) {
            dirty = true;
            resources.dirty().add(this);
        }
        if (state.segments.active().indexEntriesAreDue() && !writeBehindIsUnderWay) {
            writeBehindIsUnderWay = true;
            tasks.later("writing index entries", this::writeIndexesBehind);
        }
        if (state.logEndOffset - flusher.flushedOffset() >= limits.flushMessages() && !flushIsUnderWay) {
            flushIsUnderWay = true;
            tasks.later("flushing", this::flush);
        }
    }

    /** Closes the active segment and begins another, unless it is empty. */
    public void roll(long nowMs) throws IOException {
        lock.lock();
        try {
            appender.roll(state.logEndOffset, path, config, nowMs);
        } finally {
            lock.unlock();
        }
    }

    /** For threads that must not wait for the disk: answers {@link ReadOutcome.Cold} where it might have to. */
    public ReadOutcome read(long offset, int maxBytes, boolean atLeastOneBatch, long endOffsetExclusive) {
        return reader.readWarm(offset, maxBytes, atLeastOneBatch, endOffsetExclusive);
    }

    /** As {@link #read}, on a thread that may wait; what it answers is in the page cache then. */
    public ReadOutcome readFromDisk(long offset, int maxBytes, boolean atLeastOneBatch, long endOffsetExclusive) {
        return reader.readFromDisk(offset, maxBytes, atLeastOneBatch, endOffsetExclusive);
    }

    /** The first readable record at least as young as {@code timestamp}; null if none. Waits for the disk. */
    public TimestampedOffset offsetByTimestamp(long timestamp) throws IOException {
        return LogReader.again(() -> TimeLookup.firstFrom(state.segments, state.logStartOffset, timestamp));
    }

    /** Where segments begin and when their files were last written, in order. Asks the disk. */
    public List<SegmentStart> segmentStarts() throws IOException {
        List<SegmentStart> starts = new ArrayList<>();
        for (LogSegment segment : state.segments.all()) {
            starts.add(new SegmentStart(segment.baseOffset(), segment.lastModifiedMs()));
        }
        return starts;
    }

    /** The first of the records with the youngest timestamp; null when none has one. Waits for the disk. */
    public TimestampedOffset offsetOfMaxTimestamp() throws IOException {
        return LogReader.again(() -> TimeLookup.youngest(state.segments, state.logStartOffset));
    }

    /**
     * Nobody can read what lies before {@code offset} any more; -1 stands for the high watermark.
     * {@link #logStartOffset} is the answer when it returns {@link ErrorCode#NONE}.
     */
    public ErrorCode deleteRecordsBefore(long offset) {
        lock.lock();
        try {
            long start = offset == -1 ? state.highWatermark : offset;
            if (start < 0 || start > state.highWatermark) {
                return OFFSET_OUT_OF_RANGE;
            }
            moveLogStartOffset(start);
            return ErrorCode.NONE;
        } finally {
            lock.unlock();
        }
    }

    /** A follower takes over the leader's; never falls. */
    public void moveLogStartOffset(long offset) {
        lock.lock();
        try {
            if (offset <= state.logStartOffset) {
                return;
            }
            Invariants.check(
                    offset <= state.logEndOffset,
                    "log start offset %s beyond the log's end %s",
                    offset,
                    state.logEndOffset);
            state.beginAt(offset);
            home.logStartOffsetMoved();
        } finally {
            lock.unlock();
        }
        if (state.leaderEpochs.needsPersisting()) {
            tasks.later("writing the leader epochs", this::persistLeaderEpochs);
        }
    }

    /** Removes segments that are too old or too many, or lie before the log start offset; gives their number. */
    public int deleteOldSegments(long nowMs) throws IOException {
        if (countOldSegments(nowMs) == 0) {
            return 0;
        }
        List<LogSegment> leaving;
        lock.lock();
        try {
            leaving = isUnusable() ? List.of() : takeOldSegments(nowMs);
        } finally {
            lock.unlock();
        }
        deletedSegments.take(leaving, config.fileDeleteDelayMs());
        if (state.leaderEpochs.needsPersisting()) {
            persistLeaderEpochs();
        }
        return leaving.size();
    }

    /** Asked once without the lock, because the age of a segment may have to be read from disk; it is known then. */
    private int countOldSegments(long nowMs) throws IOException {
        LogConfig limits = config;
        SegmentList all = state.segments;
        int count = LogRetention.belowLogStart(all, state.logStartOffset);
        if (limits.delete()) {
            long end = state.logEndOffset;
            count = Math.max(count, LogRetention.tooOld(all, limits.retentionMs(), nowMs, state.highWatermark, end));
            count = Math.max(count, LogRetention.beyondSize(all, limits.retentionBytes(), state.highWatermark, end));
        }
        return count;
    }

    private List<LogSegment> takeOldSegments(long nowMs) throws IOException {
        int count = countOldSegments(nowMs);
        if (count == 0) {
            return List.of();
        }
        swap.cancel();
        if (count == state.segments.count()) {
            appender.roll(state.logEndOffset, path, config, nowMs);
        }
        List<LogSegment> leaving = state.segments.first(count).all();
        SegmentList kept = state.segments.withoutFirst(count);
        // The offset moves before the files go: whoever reads meanwhile is out of range, not out of luck.
        moveLogStartOffset(kept.first().baseOffset());
        state.segments = kept;
        return leaving;
    }

    /** Drops {@code offset} and all after it. The log may then end with the batch before the one that held it. */
    public void truncateTo(long offset, long nowMs) throws IOException {
        boolean shorter;
        lock.lock();
        try {
            swap.cancel();
            shorter = truncation.to(offset, path, config, nowMs);
            compactedUpTo = Math.min(compactedUpTo, offset);
        } finally {
            lock.unlock();
        }
        afterTruncation(shorter);
    }

    /** Drops everything; the log is empty and begins at {@code offset}. */
    public void truncateFullyAndStartAt(long offset, long nowMs) throws IOException {
        lock.lock();
        try {
            swap.cancel();
            truncation.fully(offset, path, config, nowMs);
            compactedUpTo = Math.min(compactedUpTo, offset);
        } finally {
            lock.unlock();
        }
        afterTruncation(true);
    }

    private void afterTruncation(boolean shorter) throws IOException {
        if (state.leaderEpochs.needsPersisting()) {
            persistLeaderEpochs();
        }
        if (shorter) {
            home.highWatermarkMoved();
            home.logStartOffsetMoved();
            // A crash must not trust the old points: what is written over the gap may be torn, and was not compacted.
            home.recoveryPointFell();
            if (compactedUpTo >= 0) {
                home.compactionFell();
            }
        }
    }

    /** What a compaction could do at this moment. May have to ask the disk. */
    CleanableRange cleanableRange(long nowMs) throws IOException {
        LogState now = state;
        return CleanableRange.of(
                now.segments, config, compactedUpTo, now.logStartOffset, now.logEndOffset, lastStableOffset(), nowMs);
    }

    SegmentSwap swap() {
        return swap;
    }

    /** Negative when it was never compacted. */
    long compactedUpTo() {
        return compactedUpTo;
    }

    /** As a checkpoint tells. */
    void resumeCompactionAt(long offset) {
        compactedUpTo = offset;
    }

    /** Notes how far a compaction came, unless the log lost records since it began. */
    void compacted(long upTo, int truncationsBefore) {
        lock.lock();
        try {
            if (swap.truncations() == truncationsBefore) {
                compactedUpTo = upTo;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Producers and where the last batch of each ended, of this moment. */
    Map<Long, ProducerStates.LastBatch> lastBatchesOfProducers() {
        lock.lock();
        try {
            return state.producers.lastBatches();
        } finally {
            lock.unlock();
        }
    }

    /** Index entries that so far are in memory only. */
    void writeIndexesBehind() throws IOException {
        dirty = false;
        writeBehindIsUnderWay = false;
        state.segments.active().writeIndexesBehind();
    }

    /** Forgets idempotent producers that have been silent for so long. */
    public void removeExpiredProducers(long nowMs, long expirationMs) {
        lock.lock();
        try {
            state.producers.removeExpired(nowMs, expirationMs);
        } finally {
            lock.unlock();
        }
    }

    boolean flushIsDue(long nowMs) {
        return flusher.flushedOffset() < state.logEndOffset && nowMs - flusher.lastFlushMs() >= config.flushMs();
    }

    /** Makes all that is in the log at this moment durable. Waits for the disk. */
    public void flush() throws IOException {
        flush(flusher.lastFlushMs());
    }

    void flush(long nowMs) throws IOException {
        flushIsUnderWay = false;
        long end = state.logEndOffset;
        flusher.flush(state.segments, path, end, nowMs);
    }

    /** Leaves the directory as a clean stop does: exact indexes, a snapshot at the end, everything durable. */
    public void close(long nowMs) throws IOException {
        lock.lock();
        try {
            if (tasks.haveEnded()) {
                return;
            }
            tasks.end();
        } finally {
            lock.unlock();
        }
        resources.dirty().remove(this);
        flusher.flush(state.segments, path, state.logEndOffset, nowMs);
        // What a power cut may do to the following, the next start finds out and repairs; so it costs no fsync.
        state.snapshots.write(state.logEndOffset, ProducerSnapshot.write(state.producers));
        state.segments.active().close();
        state.segments.active().finish();
        state.leaderEpochs.persist();
        releaseFiles();
    }

    /** Closes what is open, without a write; for a log whose directory failed or goes. */
    void abandon() {
        lock.lock();
        try {
            tasks.end();
        } finally {
            lock.unlock();
        }
        resources.dirty().remove(this);
        releaseFiles();
    }

    DiskTasks tasks() {
        return tasks;
    }

    private void releaseFiles() {
        SegmentList all = state.segments;
        for (int i = 0; i < all.count(); i++) {
            all.get(i).releaseFile();
        }
    }

    /** Gives the directory of an abandoned log a new name. */
    void renameTo(Path newPath) throws IOException {
        lock.lock();
        try {
            resources.disk().rename(path, newPath);
            path = newPath;
            SegmentList all = state.segments;
            for (int i = 0; i < all.count(); i++) {
                all.get(i).movedTo(newPath);
            }
            state.snapshots.movedTo(newPath);
            state.leaderEpochs.movedTo(newPath);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return topicPartition.toString();
    }
}
