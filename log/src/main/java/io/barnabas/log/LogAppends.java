package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.CORRUPT_MESSAGE;
import static io.barnabas.wire.ErrorCode.KAFKA_STORAGE_ERROR;
import static io.barnabas.wire.ErrorCode.OFFSET_OUT_OF_RANGE;
import static io.barnabas.wire.ErrorCode.RECORD_LIST_TOO_LARGE;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.log.producer.Verification;
import io.barnabas.log.segment.MaxTimestamp;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides whether batches may be appended to a log and gives them their place in it: a leader's own with new offsets,
 * a follower's as they are. Any thread may call; takes the partition's lock for one append.
 */
final class LogAppends {
    private static final Rejected OFFLINE =
            new Rejected(KAFKA_STORAGE_ERROR, "the log is closed or its directory offline");

    private final PartitionLog log;
    private final LogState state;
    private final LogAppender appender;
    private final WriteBehind behind;
    private final DiskTasks tasks;

    LogAppends(PartitionLog log, LogState state, LogAppender appender, WriteBehind behind, DiskTasks tasks) {
        this.log = log;
        this.state = state;
        this.appender = appender;
        this.behind = behind;
        this.tasks = tasks;
    }

    /**
     * One validated batch of format 2; its base offset and leader epoch are set in place. Where the topic keeps an older
     * format it is converted, which may take as long as compressing it.
     */
    AppendOutcome asLeader(ByteBuf batch, int leaderEpoch, AppendOrigin origin, Verification verification, long nowMs) {
        log.lock().lock();
        try {
            if (log.isUnusable()) {
                return OFFLINE;
            }
            int at = batch.readerIndex();
            LogConfig config = log.config();
            if (batch.readableBytes() > config.segmentBytes()) {
                return new Rejected(
                        RECORD_LIST_TOO_LARGE,
                        batch.readableBytes() + " bytes do not fit a segment of " + config.segmentBytes());
            }
            boolean inOldFormat = OldFormatBatch.concerns(batch, at, config);
            Rejected impossible = inOldFormat ? OldFormatBatch.refusal(batch, at, config) : null;
            if (impossible != null) {
                return impossible;
            }
            AppendOutcome known = state.producers.check(batch, at, origin, verification);
            if (known != null) {
                return known;
            }
            long baseOffset = nextOffset();
            BatchHeader.stamp(batch, at, baseOffset, leaderEpoch);
            boolean stamped = (BatchHeader.attributes(batch, at) & BatchHeader.LOG_APPEND_TIME) != 0;
            long maxTimestamp = BatchHeader.maxTimestamp(batch, at);
            long lastOffset = BatchHeader.lastOffset(batch, at);
            Rejected refused = inOldFormat
                    ? writeInOldFormat(batch, lastOffset, baseOffset, config, nowMs)
                    : write(batch, new MaxTimestamp(maxTimestamp, lastOffset), lastOffset, baseOffset, config, nowMs);
            return refused != null
                    ? refused
                    : new Appended(baseOffset, lastOffset, stamped ? maxTimestamp : BatchHeader.NO_TIMESTAMP, false);
        } finally {
            log.lock().unlock();
        }
    }

    /**
     * Validated batches of format 2 from clients, none of which may begin a transaction, in order: each as by
     * {@link #asLeader}, but those that follow each other are written together.
     */
    List<AppendOutcome> allAsLeader(List<ByteBuf> batches, int leaderEpoch, long nowMs) {
        List<AppendOutcome> outcomes = new ArrayList<>(batches.size());
        log.lock().lock();
        try {
            while (outcomes.size() < batches.size()) {
                int from = outcomes.size();
                int count = runLength(batches, from);
                if (count == 1) {
                    outcomes.add(asLeader(batches.get(from), leaderEpoch, AppendOrigin.CLIENT, null, nowMs));
                } else {
                    appendRun(batches.subList(from, from + count), leaderEpoch, nowMs, outcomes);
                }
            }
            return outcomes;
        } finally {
            log.lock().unlock();
        }
    }

    private int runLength(List<ByteBuf> batches, int from) {
        LogConfig config = log.config();
        int room = config.segmentBytes() - state.segments.active().sizeInBytes();
        boolean fits = batches.get(from).readableBytes() <= room;
        return config.keepsOldFormat() || log.isUnusable() || !fits ? 1 : BatchRun.length(batches, from, room);
    }

    private void appendRun(List<ByteBuf> batches, int leaderEpoch, long nowMs, List<AppendOutcome> outcomes) {
        ByteBuf first = batches.get(0);
        AppendOutcome known = state.producers.check(first, first.readerIndex(), AppendOrigin.CLIENT, null);
        if (known != null) {
            outcomes.add(known);
            return;
        }
        long baseOffset = nextOffset();
        int before = outcomes.size();
        try (BatchRun run = BatchRun.stamp(batches, baseOffset, leaderEpoch, outcomes)) {
            appender.append(run, baseOffset, log.path(), log.config(), nowMs);
            written(log.config());
        } catch (IOException failure) {
            outcomes.subList(before, outcomes.size()).clear();
            outcomes.addAll(Collections.nCopies(batches.size(), failed(failure)));
        }
    }

    /** As a follower the log may have begun a segment beyond its end, for a batch that then did not fit the disk. */
    private long nextOffset() {
        return Math.max(state.logEndOffset, state.segments.active().baseOffset());
    }

    /** Batches with their offsets and epochs, in order, in any format; one that is cut short at the end is left out. */
    AppendOutcome asFollower(ByteBuf batches, long nowMs) {
        FollowerBatches checked = FollowerBatches.check(batches);
        if (checked.isDamaged()) {
            return new Rejected(CORRUPT_MESSAGE, checked.damage());
        }
        log.lock().lock();
        try {
            if (log.isUnusable()) {
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
            Rejected refused = write(
                    checked.bytes(), checked.newest(), checked.lastOffset(), checked.rollOffset(), log.config(), nowMs);
            return refused != null
                    ? refused
                    : new Appended(checked.baseOffset(), checked.lastOffset(), BatchHeader.NO_TIMESTAMP, false);
        } finally {
            log.lock().unlock();
        }
    }

    private Rejected writeInOldFormat(ByteBuf batch, long lastOffset, long rollOffset, LogConfig config, long nowMs) {
        try (OldFormatBatch old = new OldFormatBatch(batch, config)) {
            Rejected tooLarge = old.tooLarge(config);
            return tooLarge != null
                    ? tooLarge
                    : write(old.messages(), old.newest(), lastOffset, rollOffset, config, nowMs);
        }
    }

    /** Null when the batches are in the log. */
    private Rejected write(
            ByteBuf batches, MaxTimestamp newest, long lastOffset, long rollOffset, LogConfig config, long nowMs) {
        try {
            appender.append(batches, newest, lastOffset, rollOffset, log.path(), config, nowMs);
        } catch (IOException failure) {
            return failed(failure);
        }
        written(config);
        return null;
    }

    private void written(LogConfig config) {
        log.directory().wroteAgain();
        behind.appended(config);
    }

    private Rejected failed(IOException failure) {
        tasks.failed("appending", failure);
        return new Rejected(KAFKA_STORAGE_ERROR, failure.getMessage());
    }
}
