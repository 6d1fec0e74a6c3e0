package io.barnabas.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Those who wait until the high watermark of one partition passes an offset, nearest first. Guarded by the partition's
 * lock; what is released is called after the lock is given back. Holds at most what the connections' budgets let in:
 * each waiter stands for one request that is not answered yet, and leaves at its timeout.
 */
final class PendingAcks {
    /** Null until somebody waits: most partitions are idle. */
    private TreeSet<Pending> waiting;

    private long nextId;

    /** One waiter at its place in the line. */
    static final class Pending implements Comparable<Pending> {
        private final long endOffset;
        private final long id;
        private final CommitWaiter waiter;

        private Pending(long endOffset, long id, CommitWaiter waiter) {
            this.endOffset = endOffset;
            this.id = id;
            this.waiter = waiter;
        }

        @Override
        public int compareTo(Pending other) {
            int byOffset = Long.compare(endOffset, other.endOffset);
            return byOffset != 0 ? byOffset : Long.compare(id, other.id);
        }
    }

    /** Waits for the high watermark to reach {@code endOffset}, one past the last record. */
    Pending add(long endOffset, CommitWaiter waiter) {
        Pending pending = new Pending(endOffset, nextId++, waiter);
        if (waiting == null) {
            waiting = new TreeSet<>();
        }
        waiting.add(pending);
        return pending;
    }

    /** Nobody waits any more for this one; it will not be called. */
    void remove(Pending pending) {
        if (waiting != null) {
            waiting.remove(pending);
        }
    }

    boolean isEmpty() {
        return waiting == null || waiting.isEmpty();
    }

    /** Takes out all whose offset is reached. */
    List<CommitWaiter> releaseUpTo(long highWatermark) {
        if (isEmpty() || waiting.first().endOffset > highWatermark) {
            return List.of();
        }
        List<CommitWaiter> released = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.first().endOffset <= highWatermark) {
            released.add(waiting.pollFirst().waiter);
        }
        return released;
    }

    /** Takes out all, reached or not. */
    List<CommitWaiter> releaseAll() {
        return releaseUpTo(Long.MAX_VALUE);
    }
}
