package io.barnabas.log;

import io.barnabas.log.file.Fsync;
import io.barnabas.log.producer.ProducerSnapshot;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a log ends for this process: closed as a clean stop does, or abandoned because its directory failed or it is
 * deleted. Nothing is appended afterwards. Any thread that may wait calls.
 */
final class LogEnding {
    private final PartitionLog log;
    private final LogState state;
    private final LogFlusher flusher;
    private final WriteBehind behind;
    private final DiskTasks tasks;

    LogEnding(PartitionLog log, LogState state, LogFlusher flusher, WriteBehind behind, DiskTasks tasks) {
        this.log = log;
        this.state = state;
        this.flusher = flusher;
        this.behind = behind;
        this.tasks = tasks;
    }

    /** Leaves exact indexes, a snapshot at the end, everything durable. */
    void close(long nowMs) throws IOException {
        if (!endTasks()) {
            return;
        }
        flusher.flush(log.path(), state.logEndOffset, nowMs);
        // What a power cut may do to the following, the next start finds out and repairs; so it costs no fsync.
        state.snapshots.write(state.logEndOffset, ProducerSnapshot.write(state.producers));
        state.segments.active().close();
        state.segments.active().finish();
        flushTransactions(state.segments.active());
        flusher.finished();
        state.leaderEpochs.makeDurable();
        releaseFiles();
    }

    /** Nobody would notice that they are lost. Most logs have none. */
    private void flushTransactions(LogSegment last) throws IOException {
        if (last.transactions().load().count() > 0) {
            last.transactions().fsync();
            Fsync.directory(log.resources().disk(), log.path());
        }
    }

    /** Closes what is open, without a write. */
    void abandon() {
        endTasks();
        releaseFiles();
    }

    /** False when it ended before. */
    private boolean endTasks() {
        log.lock().lock();
        try {
            if (tasks.haveEnded()) {
                return false;
            }
            tasks.end();
        } finally {
            log.lock().unlock();
        }
        behind.end();
        return true;
    }

    private void releaseFiles() {
        SegmentList all = state.segments;
        for (int i = 0; i < all.count(); i++) {
            all.get(i).releaseFile();
        }
    }

    /** The directory of an abandoned log has a new name. */
    void movedTo(Path newPath) {
        SegmentList all = state.segments;
        for (int i = 0; i < all.count(); i++) {
            all.get(i).movedTo(newPath);
        }
        state.snapshots.movedTo(newPath);
        state.leaderEpochs.movedTo(newPath);
    }
}
