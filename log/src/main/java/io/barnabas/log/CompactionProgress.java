package io.barnabas.log;

/** How far a log was compacted. Whoever changes it holds the partition's lock; any thread asks. */
final class CompactionProgress {
    private volatile long upTo = -1;

    /** Negative when there was no compaction. */
    long upTo() {
        return upTo;
    }

    boolean hasBegun() {
        return upTo >= 0;
    }

    void reached(long offset) {
        upTo = offset;
    }

    /** What lies at {@code offset} and behind it is not what was compacted. */
    void truncated(long offset) {
        upTo = Math.min(upTo, offset);
    }
}
