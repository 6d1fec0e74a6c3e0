package io.barnabas.replication;

/**
 * How far one follower has come, as its leader learned it from the follower's fetches. Guarded by the partition's
 * lock. Time is an argument; nothing here looks at a clock.
 */
final class FollowerPosition {
    static final long UNKNOWN = -1;

    private final int replicaId;
    private long endOffset = UNKNOWN;
    private long logStartOffset = UNKNOWN;
    private long lastCaughtUpMs;
    private long lastFetchMs;
    private long leaderEndAtLastFetch;

    FollowerPosition(int replicaId, long lastCaughtUpMs) {
        this.replicaId = replicaId;
        this.lastCaughtUpMs = lastCaughtUpMs;
    }

    int replicaId() {
        return replicaId;
    }

    /** The follower's log end, or {@link #UNKNOWN} before its first fetch in this leader epoch. */
    long endOffset() {
        return endOffset;
    }

    long logStartOffset() {
        return logStartOffset;
    }

    long lastCaughtUpMs() {
        return lastCaughtUpMs;
    }

    /**
     * Notes a fetch: the follower has everything below {@code fetchOffset}. It counts as caught up as of now when that
     * is the leader's end, and as of its previous fetch when it has reached what was the end then; a follower that
     * always asks a moment after an append is not behind.
     */
    void fetched(long fetchOffset, long followerLogStartOffset, long leaderEndOffset, long nowMs) {
        if (fetchOffset >= leaderEndOffset) {
            lastCaughtUpMs = Math.max(lastCaughtUpMs, nowMs);
        } else if (lastFetchMs > 0 && fetchOffset >= leaderEndAtLastFetch) {
            lastCaughtUpMs = Math.max(lastCaughtUpMs, lastFetchMs);
        }
        endOffset = fetchOffset;
        logStartOffset = followerLogStartOffset;
        leaderEndAtLastFetch = leaderEndOffset;
        lastFetchMs = nowMs;
    }

    /** The leader's end moved away from this follower's: until now it lacked nothing, however long ago it asked. */
    void leaderMovedOnFrom(long formerLeaderEnd, long nowMs) {
        if (endOffset == formerLeaderEnd) {
            lastCaughtUpMs = Math.max(lastCaughtUpMs, nowMs);
        }
    }

    /** At the leader's end, or there no longer ago than {@code lagMaxMs}. */
    boolean isCaughtUp(long leaderEndOffset, long nowMs, long lagMaxMs) {
        return endOffset == leaderEndOffset || nowMs - lastCaughtUpMs <= lagMaxMs;
    }
}
