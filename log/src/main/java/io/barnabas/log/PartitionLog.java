package io.barnabas.log;

import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.log.producer.Verification;
import io.barnabas.log.segment.AbortedLookup;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.log.segment.TimeLookup;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One partition's log: segments on disk, of which the last one grows. Any thread may call. What changes the log takes
 * the partition's lock, for as long as it writes and no longer; readers see immutable lists and volatile offsets:
 * {@code logStartOffset <= highWatermark <= logEndOffset}. fsync, trimming and deletion happen on the disk pool.
 */
public final class PartitionLog {
    private final ReentrantLock lock;
    private final TopicPartition topicPartition;
    private final LogResources resources;
    private final LogDirectory home;
    private final DiskTasks tasks;
    private final LogFlusher flusher;
    private final GroupCommit commits;
    private final LogReader reader;
    private final LogAppender appender;
    private final LogAppends appends;
    private final WriteBehind behind;
    private final LogStart start;
    private final LogTruncation truncation;
    private final LogEnding ending;
    private final LogCompaction compaction;
    private final LogState state;

    private volatile Path path;
    private volatile Uuid topicId;
    private volatile LogConfig config;

    PartitionLog(
            TopicPartition topicPartition,
            Uuid topicId,
            LogConfig config,
            LogResources resources,
            LogDirectory home,
            Path path,
            LogState state,
            long recoveryPoint,
            long nowMs,
            ReentrantLock lock) {
        this.lock = lock;
        this.topicPartition = topicPartition;
        this.topicId = topicId;
        this.config = config;
        this.resources = resources;
        this.home = home;
        this.path = path;
        this.state = state;
        this.tasks = new DiskTasks(resources, home, topicPartition);
        this.reader = new LogReader(this, tasks);
        this.flusher = new LogFlusher(resources, home, lock, state, recoveryPoint, nowMs);
        this.commits = new GroupCommit(
                resources.fsyncs(),
                resources.reporting("flushing " + topicPartition, () -> tasks.attempt("flushing", this::flush)));
        this.appender = new LogAppender(state, flusher, tasks, resources);
        this.behind = new WriteBehind(this, state, flusher, tasks, resources.dirty());
        this.appends = new LogAppends(this, state, appender, behind, tasks);
        DeletedSegments deletedSegments = new DeletedSegments(resources, tasks, state.snapshots);
        CompactionProgress progress = new CompactionProgress();
        SegmentSwap swap = new SegmentSwap(lock, state, flusher, deletedSegments, resources, tasks);
        this.truncation = new LogTruncation(this, state, flusher, swap, progress, deletedSegments);
        this.start = new LogStart(this, state, appender, swap, deletedSegments, behind);
        this.compaction = new LogCompaction(this, state, flusher, swap, progress, tasks);
        this.ending = new LogEnding(this, state, flusher, behind, tasks);
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

    /** Where a start would have to begin to check after a crash. */
    long recoveryPoint() {
        return flusher.recoveryPoint();
    }

    /**
     * Begins to make durable what is in the log at this moment, together with what others ask for meanwhile; returns at
     * once. {@link #onFlushed} tells when it is done.
     */
    public void flushSoon() {
        commits.request();
    }

    /** Hears that {@link #flushedOffset} may have moved; runs where the disk may be waited for, under no lock. */
    public void onFlushed(Runnable listener) {
        flusher.onFlushed(listener);
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

    /** Those that the partition remembers; look at them only while you hold {@link #lock}. */
    public List<ProducerState> producers() {
        return state.producers.all();
    }

    /** Null when the partition does not remember it; look only while you hold {@link #lock}. */
    public ProducerState producer(long producerId) {
        return state.producers.get(producerId);
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

    /** This broker leads in {@code epoch}, from the log's end on. */
    public void beginLeaderEpoch(int epoch) {
        lock.lock();
        try {
            state.leaderEpochs.begin(epoch, state.logEndOffset);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the file of a log without records say so too; not for an event loop, and not while holding {@link #lock}. */
    public void showLeaderEpoch() throws IOException {
        if (state.logEndOffset == 0) {
            state.leaderEpochs.show();
        }
    }

    /** Writes what has changed, durably; not for an event loop, and not while holding {@link #lock}. */
    void persistLeaderEpochs() throws IOException {
        try {
            state.leaderEpochs.persist();
        } catch (IOException failure) {
            tasks.failed("writing the leader epochs", failure);
            throw failure;
        }
    }

    /**
     * Appends one validated batch of format 2; its base offset and leader epoch are set in place, and it is converted
     * where the topic keeps an older format. A batch that is there already, from an earlier try of an idempotent
     * producer, is answered with its first offsets.
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
        return appends.asLeader(batch, leaderEpoch, origin, verification, nowMs);
    }

    /**
     * Appends validated batches of clients in order, none of which may begin a transaction, with as few writes as
     * possible; answers what became of each.
     */
    public List<AppendOutcome> appendAllAsLeader(List<ByteBuf> batches, int leaderEpoch, long nowMs) {
        return appends.allAsLeader(batches, leaderEpoch, nowMs);
    }

    /**
     * Appends what the leader sent as it is: batches with their offsets and epochs, in order. A batch that is cut short
     * at the end is left out. An empty log may begin anywhere.
     */
    public AppendOutcome appendAsFollower(ByteBuf batches, long nowMs) {
        return appends.asFollower(batches, nowMs);
    }

    boolean isUnusable() {
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
        return start.deleteRecordsBefore(offset);
    }

    /** A follower takes over the leader's; never falls. */
    public void moveLogStartOffset(long offset) {
        start.moveTo(offset);
    }

    /** Removes segments that are too old or too many, or lie before the log start offset; gives their number. */
    public int deleteOldSegments(long nowMs) throws IOException {
        return start.deleteOldSegments(nowMs);
    }

    /** Drops {@code offset} and all after it. The log may then end with the batch before the one that held it. */
    public void truncateTo(long offset, long nowMs) throws IOException {
        truncation.to(offset, nowMs);
    }

    /** Drops everything; the log is empty and begins at {@code offset}. */
    public void truncateFullyAndStartAt(long offset, long nowMs) throws IOException {
        truncation.fully(offset, nowMs);
    }

    /**
     * Writes a second log that ends before {@code end} into an empty directory; it shares what is closed by then. Waits
     * for the disk.
     */
    LogFork.Result forkInto(Path directory, Uuid forkId, long end, long nowMs) throws IOException {
        return new LogFork(this, state, flusher, appender).into(directory, forkId, end, nowMs);
    }

    /** Of a fork, whose files are in no place yet that survives a power cut; makes them so, a moment later. */
    void becomeDurableSoon() {
        lock.lock();
        try {
            flusher.truncated(state.logStartOffset);
        } finally {
            lock.unlock();
        }
        tasks.later("making a fork durable", this::flush);
    }

    /** Of a fork: ends transactions of which it has the beginning only. */
    public void abortOpenTransactions(int leaderEpoch, long nowMs) throws IOException {
        OpenTransactions.abort(this, leaderEpoch, nowMs);
    }

    /** The log as the cleaner sees it. */
    LogCompaction compaction() {
        return compaction;
    }

    /** Whether it was compacted before. */
    public boolean isCompacted() {
        return compaction.compactedUpTo() >= 0;
    }

    /** Index entries that so far are in memory only. */
    void writeIndexesBehind() throws IOException {
        behind.writeIndexes();
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
        behind.flushBegins();
        flusher.flush(path, state.logEndOffset, nowMs);
    }

    /** Leaves the directory as a clean stop does: exact indexes, a snapshot at the end, everything durable. */
    public void close(long nowMs) throws IOException {
        ending.close(nowMs);
    }

    /** Closes what is open, without a write; for a log whose directory failed or goes. */
    void abandon() {
        ending.abandon();
    }

    DiskTasks tasks() {
        return tasks;
    }

    /**
     * Stands in for a log in another directory, whose records it has by now and with which it shares the lock, which is
     * held: takes over what only that one knows.
     *
     * @param compacted up to where what was copied had been compacted; negative for nowhere
     */
    void takeOver(PartitionLog former, long compacted) {
        for (LeaderEpochs.Entry entry : former.leaderEpochs().entries()) {
            if (entry.epoch() > state.leaderEpochs.latestEpoch()) {
                // It has no records yet.
                state.leaderEpochs.begin(entry.epoch(), entry.startOffset());
            }
        }
        // The former may count from an offset beyond its last record.
        state.logEndOffset = Math.max(state.logEndOffset, former.logEndOffset());
        config = former.config;
        topicId = former.topicId;
        compaction.resumeAt(compacted);
        state.producers.takeOverVerifications(former.state.producers);
        updateHighWatermark(former.highWatermark());
    }

    /** Counts up when records at the end are dropped. */
    int truncations() {
        return flusher.truncations();
    }

    /** Gives the directory a new name. What is at work in it goes on; who opens files meanwhile tries again. */
    void renameTo(Path newPath) throws IOException {
        lock.lock();
        tasks.renameBegins();
        try {
            resources.disk().rename(path, newPath);
            path = newPath;
            ending.movedTo(newPath);
        } finally {
            tasks.renameEnded();
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return topicPartition.toString();
    }
}
