package io.barnabas.replication;

import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Those who wait until something of one partition, such as its high watermark, reaches an offset, nearest first. Guarded
 * by the partition's lock; who is released is told after the lock is given back. Holds at most what the connections' budgets let in:
 * each waiter stands for one request that is not answered yet, and leaves at its timeout.
 */
final class PendingAcks {
    private final ReentrantLock lock;

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

    /** Who waits no more, and what to tell them, under no lock. */
    record Released(List<CommitWaiter> waiters, ErrorCode outcome) {
        static final Released NOBODY = new Released(List.of(), ErrorCode.NONE);

        void tell() {
            for (int i = 0; i < waiters.size(); i++) {
                waiters.get(i).committed(outcome);
            }
        }
    }

    /** @param lock the partition's */
    PendingAcks(ReentrantLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for {@code endOffset}, one past the last record. What it gives ends the wait; it takes the lock, and may come
     * too late.
     */
    Runnable add(long endOffset, CommitWaiter waiter) {
        Pending pending = new Pending(endOffset, nextId++, waiter);
        if (waiting == null) {
            waiting = new TreeSet<>();
        }
        waiting.add(pending);
        return () -> remove(pending);
    }

    private void remove(Pending pending) {
        lock.lock();
        try {
            waiting.remove(pending);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return waiting == null || waiting.isEmpty();
    }

    /** Takes out all whose offset is reached. */
    Released releaseUpTo(long reached, ErrorCode outcome) {
        if (isEmpty() || waiting.first().endOffset > reached) {
            return Released.NOBODY;
        }
        List<CommitWaiter> released = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.first().endOffset <= reached) {
            released.add(waiting.pollFirst().waiter);
        }
        return new Released(released, outcome);
    }

    /** Takes out all, reached or not. */
    Released releaseAll(ErrorCode outcome) {
        return releaseUpTo(Long.MAX_VALUE, outcome);
    }
}
