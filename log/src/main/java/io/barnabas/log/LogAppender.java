package io.barnabas.log;

import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.MaxTimestamp;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes batches, offsets and all, to the end of a log, in a new segment where one is due, and takes up what they say
 * of producers and leader epochs. Runs under the partition's lock; what follows a roll runs on the disk pool.
 */
final class LogAppender {
    private final LogState state;
    private final LogFlusher flusher;
    private final DiskTasks tasks;
    private final LogResources resources;

    LogAppender(LogState state, LogFlusher flusher, DiskTasks tasks, LogResources resources) {
        this.state = state;
        this.flusher = flusher;
        this.tasks = tasks;
        this.resources = resources;
    }

    /**
     * All batches are in the log when it returns, none when it throws.
     *
     * @param newest the youngest timestamp among them
     * @param rollOffset where a new segment begins if one is due, unless the log's end is later
     */
    void append(
            ByteBuf batches,
            MaxTimestamp newest,
            long lastOffset,
            long rollOffset,
            Path path,
            LogConfig config,
            long nowMs)
            throws IOException {
        segmentFor(batches.readableBytes(), newest, lastOffset, rollOffset, path, config, nowMs)
                .append(batches, newest, config);
        takeUp(batches);
        state.logEndOffset = lastOffset + 1;
    }

    /** As {@link #append} of all of a run at once, but indexed as if each of its batches had come alone. */
    void append(BatchRun run, long rollOffset, Path path, LogConfig config, long nowMs) throws IOException {
        segmentFor(run.bytes().readableBytes(), run.newest(), run.lastOffset(), rollOffset, path, config, nowMs)
                .appendEach(run.bytes(), config);
        takeUp(run.bytes());
        state.logEndOffset = run.lastOffset() + 1;
    }

    private LogSegment segmentFor(
            int bytes, MaxTimestamp newest, long lastOffset, long rollOffset, Path path, LogConfig config, long nowMs)
            throws IOException {
        LogSegment active = state.segments.active();
        if (!RollRules.mustRoll(active, config, bytes, lastOffset, newest.timestamp(), nowMs)) {
            return active;
        }
        roll(Math.max(state.logEndOffset, rollOffset), path, config, nowMs);
        return state.segments.active();
    }

    private void takeUp(ByteBuf batches) {
        int end = batches.writerIndex();
        for (int at = batches.readerIndex(); at < end; at += BatchHeader.sizeInBytes(batches, at)) {
            if (!Batches.isFormat2(batches, at)) {
                state.leaderEpochs.clear();
                continue;
            }
            state.leaderEpochs.assign(BatchHeader.leaderEpoch(batches, at), BatchHeader.baseOffset(batches, at));
            if (BatchHeader.producerId(batches, at) >= 0) {
                AbortedTransaction aborted = state.producers.appended(batches, at);
                if (aborted != null) {
                    state.segments.active().transactions().add(aborted);
                }
                state.firstUnstableOffset = state.producers.firstUnstableOffset();
            }
        }
    }

    /** Closes the active segment and begins another at {@code baseOffset}, unless it is empty and begins there. */
    void roll(long baseOffset, Path path, LogConfig config, long nowMs) throws IOException {
        LogSegment old = state.segments.active();
        if (old.baseOffset() == baseOffset) {
            return;
        }
        LogSegment next = LogSegment.create(resources.segments(), path, baseOffset, config, nowMs);
        ByteBuffer snapshot = ProducerSnapshot.write(state.producers);
        int truncations = flusher.truncations();
        old.close();
        state.segments = state.segments.with(next);
        tasks.later("closing a segment", () -> {
            next.createIndexFiles(config);
            state.snapshots.writeIf(() -> flusher.truncations() == truncations, baseOffset, snapshot);
            flusher.flush(next.path().getParent(), baseOffset, nowMs);
        });
    }
}
