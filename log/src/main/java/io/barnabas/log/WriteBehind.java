package io.barnabas.log;

import java.io.IOException;

/**
 * What an append leaves to be done soon, off its thread: the file of leader epochs, index entries, a flush where the
 * topic asks for one after so many records. Each is asked for once until it is under way. {@link #appended} runs under
 * the partition's lock, the rest on the disk pool.
 */
final class WriteBehind {
    private final PartitionLog log;
    private final LogState state;
    private final LogFlusher flusher;
    private final DiskTasks tasks;
    private final DirtyLogs dirtyLogs;

    private volatile boolean dirty;
    private volatile boolean flushIsUnderWay;
    private volatile boolean indexesAreUnderWay;

    WriteBehind(PartitionLog log, LogState state, LogFlusher flusher, DiskTasks tasks, DirtyLogs dirtyLogs) {
        this.log = log;
        this.state = state;
        this.flusher = flusher;
        this.tasks = tasks;
        this.dirtyLogs = dirtyLogs;
    }

    void appended(LogConfig limits) {
        epochsLater();
        if (!dirty) {
            dirty = true;
            dirtyLogs.add(log);
        }
        if (state.segments.active().indexEntriesAreDue() && !indexesAreUnderWay) {
            indexesAreUnderWay = true;
            tasks.later("writing index entries", this::writeIndexes);
        }
        if (state.logEndOffset - flusher.flushedOffset() >= limits.flushMessages() && !flushIsUnderWay) {
            flushIsUnderWay = true;
            tasks.later("flushing", log::flush);
        }
    }

    /** The file of leader epochs, if they changed. */
    void epochsLater() {
        if (state.leaderEpochs.needsPersisting()) {
            tasks.later("writing the leader epochs", state.leaderEpochs::persist);
        }
    }

    /** Index entries that so far are in memory only. */
    void writeIndexes() throws IOException {
        dirty = false;
        indexesAreUnderWay = false;
        state.segments.active().writeIndexesBehind();
    }

    /** From here on the next append may ask for another one. */
    void flushBegins() {
        flushIsUnderWay = false;
    }

    /** The log goes; nobody needs to look after it. */
    void end() {
        dirtyLogs.remove(log);
    }
}
