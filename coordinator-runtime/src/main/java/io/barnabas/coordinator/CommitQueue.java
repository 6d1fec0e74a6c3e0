package io.barnabas.coordinator;

import java.util.ArrayDeque;

/**
 * What waits until the log is committed up to an offset, in the order of these offsets. Holds at most what the
 * shard's callers have under way. Confined to the shard's mailbox.
 */
final class CommitQueue {
    /** Nothing waits. */
    static final long NEVER = Long.MAX_VALUE;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /** @param offset not lower than that of the entries before */
    void add(long offset, long deadlineMs, Waiting waiting) {
        entries.add(new Entry(offset, deadlineMs, waiting));
    }

    void releaseUpTo(long committedOffset) {
        while (!entries.isEmpty() && entries.peek().offset <= committedOffset) {
            entries.poll().waiting.committed();
        }
    }

    void giveUpUntil(long nowMs) {
        while (!entries.isEmpty() && entries.peek().deadlineMs <= nowMs) {
            entries.poll().waiting.timedOut();
        }
    }

    /** When the oldest entry's patience ends. */
    long nextDeadlineMs() {
        return entries.isEmpty() ? NEVER : entries.peek().deadlineMs;
    }

    interface Waiting {
        void committed();

        /** The log may well be committed later; nobody waits for it any more. */
        void timedOut();
    }

    private record Entry(long offset, long deadlineMs, Waiting waiting) {}
}
