package io.barnabas.log;

import io.barnabas.log.directory.PartitionMetadata;
import io.barnabas.log.file.Fsync;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.producer.ProducerRecovery;
import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.producer.ProducerStates;
import io.barnabas.log.producer.SnapshotFiles;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.log.segment.SegmentScan;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one partition's log. After a clean stop nothing is scanned: the end follows from the last index entry, the
 * producers from the newest snapshot. After a crash every batch from the recovery point on is checked; the log ends
 * before the first that is not whole. Below the recovery point nothing is ever cut. Confined to one thread.
 */
final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    /**
     * What is known of a log from outside its directory.
     *
     * @param clean whether the last stop was a clean one
     * @param recoveryPoint all before it is durable; negative when nobody knows
     * @param producerExpirationMs how long a silent producer is remembered
     */
    record Hints(
            boolean clean,
            long recoveryPoint,
            long logStartOffset,
            long highWatermark,
            long producerExpirationMs,
            long nowMs) {

        /** A log that is new. */
        static Hints none(long nowMs) {
            return new Hints(true, 0, 0, 0, Long.MAX_VALUE, nowMs);
        }
    }

    private final LogResources resources;
    private final LogConfig config;
    private final Path path;
    private final Hints hints;
    private final ProducerStates producers = new ProducerStates();
    private final SnapshotFiles snapshots;
    private final LeaderEpochs leaderEpochs;

    /** Ascending; replaced when a crash made some of them worthless. */
    private List<LogSegment> segments;

    private long logEndOffset;

    /** What was aborted in the segment that is being scanned. */
    private List<AbortedTransaction> aborted = new ArrayList<>();

    private LogRecovery(LogResources resources, LogConfig config, Path path, Hints hints) throws IOException {
        this.resources = resources;
        this.config = config;
        this.path = path;
        this.hints = hints;
        this.snapshots = new SnapshotFiles(resources.disk(), path);
        this.leaderEpochs = LeaderEpochs.open(resources.disk(), path);
    }

    /** Opens the directory at {@code path}, which exists. */
    static PartitionLog open(
            TopicPartition topicPartition,
            LogConfig config,
            LogResources resources,
            LogDirectory home,
            Path path,
            Hints hints)
            throws IOException {
        return open(topicPartition, config, resources, home, path, hints, new ReentrantLock());
    }

    /** @param lock the partition's */
    static PartitionLog open(
            TopicPartition topicPartition,
            LogConfig config,
            LogResources resources,
            LogDirectory home,
            Path path,
            Hints hints,
            ReentrantLock lock)
            throws IOException {
        List<Path> files = LeftoverFiles.settle(resources.disk(), path);
        LogRecovery recovery = new LogRecovery(resources, config, path, hints);
        LogState state = recovery.run(files);
        Uuid topicId = PartitionMetadata.read(resources.disk(), path);
        return new PartitionLog(
                topicPartition,
                topicId,
                config,
                resources,
                home,
                path,
                state,
                recovery.recoveryPoint(),
                hints.nowMs(),
                lock);
    }

    private LogState run(List<Path> files) throws IOException {
        snapshots.list(files);
        segments = openSegments(files);
        settleTransactionIndexes(files);
        boolean scanned = !hints.clean() && recoverFrom(hints.recoveryPoint());
        if (segments.isEmpty()) {
            segments.add(LogSegment.create(resources.segments(), path, hints.logStartOffset(), config, hints.nowMs()));
            segments.get(0).createIndexFiles(config);
            logEndOffset = hints.logStartOffset();
        } else {
            activateLast();
        }
        if (logEndOffset < hints.logStartOffset()) {
            startOver();
        }
        long logStartOffset = Math.max(hints.logStartOffset(), segments.get(0).baseOffset());
        if (!scanned) {
            loadProducers(logStartOffset);
        }
        new EpochRecovery(leaderEpochs, segments, logStartOffset, logEndOffset).settle(hints.clean());
        settleSnapshots();
        long highWatermark = Math.max(logStartOffset, Math.min(hints.highWatermark(), logEndOffset));
        return new LogState(
                SegmentList.of(segments),
                logStartOffset,
                logEndOffset,
                highWatermark,
                producers,
                snapshots,
                leaderEpochs);
    }

    /** Whatever lies behind it may not survive a power cut. */
    private long recoveryPoint() {
        return hints.clean() ? logEndOffset : Math.max(0, Math.min(hints.recoveryPoint(), logEndOffset));
    }

    private List<LogSegment> openSegments(List<Path> files) throws IOException {
        List<Long> bases = new ArrayList<>();
        for (Path file : files) {
            if (LogFiles.hasSuffix(file, LogFiles.LOG) && LogFiles.offsetOf(file) >= 0) {
                bases.add(LogFiles.offsetOf(file));
            }
        }
        bases.sort(null);
        List<LogSegment> opened = new ArrayList<>();
        for (long base : bases) {
            opened.add(LogSegment.open(resources.segments(), path, base, config, hints.nowMs()));
        }
        return opened;
    }

    /** Checks all batches from the segment on that holds the offset; true when there was anything to check. */
    private boolean recoverFrom(long recoveryPoint) throws IOException {
        int first = firstToScan(recoveryPoint);
        if (first == segments.size()) {
            return false;
        }
        long base = segments.get(first).baseOffset();
        snapshots.deleteAbove(base);
        // What stands in the batches counts: the file may be ahead of them, or of a time before they were replaced.
        leaderEpochs.truncateFromEnd(base);
        loadProducersAt(base);
        for (int i = first; i < segments.size(); i++) {
            boolean whole = recover(i);
            snapshots.write(logEndOffset, ProducerSnapshot.write(producers));
            if (i + 1 < segments.size() && isBehindALoss(segments.get(i + 1), whole)) {
                dropAfter(i);
            }
        }
        settleLast();
        return true;
    }

    /**
     * What is appended from now on lies behind what was found: cuts and renames of the life before must not be undone by a
     * power cut, nor an older index come back.
     */
    private void settleLast() throws IOException {
        LogSegment last = segments.get(segments.size() - 1);
        if (last.sizeInBytes() > 0) {
            last.fsync();
            Fsync.directory(resources.disk(), path);
        }
    }

    /**
     * Segments follow each other without a gap above the recovery point, so where there is one the power went before the
     * end of the one was durable, and after the other was. Where nothing is known of a recovery point, a compaction may
     * have left the gap. Where there is none, whatever was cut off before was no part of the log, as are the zeros of a
     * file that was given its size in advance.
     */
    private boolean isBehindALoss(LogSegment segment, boolean previousIsWhole) {
        boolean mayBeCompacted = hints.recoveryPoint() < 0 && previousIsWhole;
        return segment.baseOffset() != logEndOffset && !mayBeCompacted;
    }

    private void loadProducersAt(long offset) throws IOException {
        long from =
                ProducerRecovery.restore(producers, snapshots, segments.get(0).baseOffset(), offset);
        ProducerRecovery.replay(producers, SegmentList.of(segments), from, offset);
    }

    private int firstToScan(long recoveryPoint) {
        int first = 0;
        while (first + 1 < segments.size() && segments.get(first + 1).baseOffset() <= recoveryPoint) {
            first++;
        }
        return first;
    }

    /** False when the segment had to be cut, since it ends with what was never durable. */
    private boolean recover(int index) throws IOException {
        LogSegment segment = segments.get(index);
        SegmentScan.Result found = scan(segment);
        boolean damaged = found.validBytes() < segment.sizeInBytes() && found.nextOffset() < durableUpTo();
        if (damaged && DamagedBatches.setAside(segment, durableUpTo(), resources.disk())) {
            segment.releaseFile();
            segment = LogSegment.open(resources.segments(), path, segment.baseOffset(), config, hints.nowMs());
            segments.set(index, segment);
            loadProducersAt(segment.baseOffset());
            found = scan(segment);
        }
        int surplus = segment.sizeInBytes() - found.validBytes();
        if (surplus > 0) {
            LOG.warn(
                    "Cut {} bytes off {} at position {}: no whole batch begins there",
                    surplus,
                    segment,
                    found.validBytes());
            segment.cutFileTo(found.validBytes());
            // Or it might come back after a power cut, behind what is appended now.
            segment.fsync();
        }
        segment.rebuilt(found);
        segment.transactions().rewrite(aborted);
        logEndOffset = found.nextOffset();
        return surplus == 0;
    }

    private SegmentScan.Result scan(LogSegment segment) throws IOException {
        aborted = new ArrayList<>();
        return SegmentScan.upToDamage(segment, this::takeUp);
    }

    private long durableUpTo() {
        return hints.clean() ? Long.MAX_VALUE : hints.recoveryPoint();
    }

    private void takeUp(ByteBuf bytes, int at) {
        if (Batches.isFormat2(bytes, at)) {
            takeUpEpoch(bytes, at);
            takeUpProducer(producers, bytes, at);
        }
    }

    private void takeUpProducer(ProducerStates states, ByteBuf bytes, int at) {
        AbortedTransaction one = states.appended(bytes, at);
        if (one != null) {
            aborted.add(one);
        }
    }

    /** Segments without such a file have had nothing aborted; a damaged one is made anew. */
    private void settleTransactionIndexes(List<Path> files) throws IOException {
        Set<Long> bases = new HashSet<>();
        for (Path file : files) {
            if (LogFiles.hasSuffix(file, LogFiles.TRANSACTION_INDEX)) {
                bases.add(LogFiles.offsetOf(file));
            }
        }
        for (LogSegment segment : segments) {
            if (!bases.contains(segment.baseOffset())) {
                segment.transactions().begin();
            } else if (segment.transactions().load() == null) {
                rebuildTransactionIndex(segment);
            }
        }
    }

    private void rebuildTransactionIndex(LogSegment segment) throws IOException {
        LOG.warn("Rebuilding {}: it is damaged", segment.transactions().path());
        long base = segment.baseOffset();
        ProducerStates states = new ProducerStates();
        long from = ProducerRecovery.restore(states, snapshots, segments.get(0).baseOffset(), base);
        ProducerRecovery.replay(states, SegmentList.of(segments), from, base);
        aborted = new ArrayList<>();
        SegmentScan.pastDamage(segment, (bytes, at) -> {
            if (Batches.isFormat2(bytes, at)) {
                takeUpProducer(states, bytes, at);
            }
        });
        segment.transactions().rewrite(aborted);
    }

    private void takeUpEpoch(ByteBuf bytes, int at) {
        int epoch = BatchHeader.leaderEpoch(bytes, at);
        if (epoch > leaderEpochs.latestEpoch()) {
            leaderEpochs.assign(epoch, BatchHeader.baseOffset(bytes, at));
        }
    }

    private void dropAfter(int last) throws IOException {
        for (LogSegment later : segments.subList(last + 1, segments.size())) {
            LOG.warn(
                    "Dropping {} with {} bytes: the log ends before it, at {}",
                    later,
                    later.sizeInBytes(),
                    logEndOffset);
            later.renameToDeleted();
        }
        Fsync.directory(resources.disk(), path);
        segments = new ArrayList<>(segments.subList(0, last + 1));
    }

    private void activateLast() throws IOException {
        LogSegment last = segments.get(segments.size() - 1);
        logEndOffset = last.activate(config);
        if (logEndOffset < 0) {
            LOG.warn("The end of {} is damaged although the last stop was clean; checking all of it", last);
            last.close();
            last.finish();
            recover(segments.size() - 1);
            last = segments.get(segments.size() - 1);
            rebuildTransactionIndex(last);
            logEndOffset = last.activate(config);
        }
    }

    /** Records were deleted beyond the end that a crash has left. */
    private void startOver() throws IOException {
        LOG.warn(
                "{} ends at {}, before its log start offset {}; it starts over, empty",
                path,
                logEndOffset,
                hints.logStartOffset());
        dropAfter(-1);
        segments.add(LogSegment.create(resources.segments(), path, hints.logStartOffset(), config, hints.nowMs()));
        segments.get(0).createIndexFiles(config);
        logEndOffset = hints.logStartOffset();
        snapshots.deleteAbove(-1);
        producers.clear();
        leaderEpochs.clear();
    }

    private void loadProducers(long logStartOffset) throws IOException {
        if (snapshots.isEmpty() && hints.clean() && !endsInFormat2()) {
            // Written by a release without snapshots: there were no producers to remember.
            for (LogSegment segment : segments.subList(Math.max(0, segments.size() - 2), segments.size())) {
                snapshots.write(segment.baseOffset(), ProducerSnapshot.write(producers));
            }
            return;
        }
        long from = ProducerRecovery.restore(producers, snapshots, logStartOffset, logEndOffset);
        producers.removeExpired(hints.nowMs(), hints.producerExpirationMs());
        ProducerRecovery.replay(producers, SegmentList.of(segments), from, logEndOffset);
    }

    /** With a format that knows producers; their snapshots may be gone with a power cut after the stop. */
    private boolean endsInFormat2() throws IOException {
        for (int i = segments.size() - 1; i >= 0; i--) {
            BatchView first = BatchView.firstOf(segments.subList(i, i + 1));
            if (first != null) {
                return first.isFormat2();
            }
        }
        return false;
    }

    private void settleSnapshots() throws IOException {
        snapshots.deleteAbove(logEndOffset);
        snapshots.write(logEndOffset, ProducerSnapshot.write(producers));
        Set<Long> bases = new HashSet<>();
        segments.forEach(segment -> bases.add(segment.baseOffset()));
        snapshots.retain(bases);
    }
}
