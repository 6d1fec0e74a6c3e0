package io.barnabas.requests.data;

/**
 * A reader that names its partitions once and from then on only what changed about them (KIP-227). The epoch counts
 * its requests, so that a lost or repeated one is noticed.
 *
 * <p>Epoch and interest are guarded by the monitor of the interest, the time of last use by the lock of the shard.
 */
final class FetchSession {
    static final int NONE = 0;

    /** Sent by a reader that opens a session with a full list. */
    static final int FIRST_EPOCH = 0;

    /** Sent by a reader that wants no session, or closes it. */
    static final int FINAL_EPOCH = -1;

    private final int id;
    private final boolean privileged;
    private final boolean usesTopicIds;
    private final long createdMs;
    private final FetchInterest interest;
    private int nextEpoch;
    private long lastUsedMs;
    private int size;

    FetchSession(int id, boolean privileged, boolean usesTopicIds, FetchInterest interest, long nowMs) {
        this(id, privileged, usesTopicIds, interest, nowMs, 1);
    }

    FetchSession(int id, boolean privileged, boolean usesTopicIds, FetchInterest interest, long nowMs, int nextEpoch) {
        this.id = id;
        this.privileged = privileged;
        this.usesTopicIds = usesTopicIds;
        this.interest = interest;
        this.createdMs = nowMs;
        this.lastUsedMs = nowMs;
        this.size = interest.size();
        this.nextEpoch = nextEpoch;
    }

    int id() {
        return id;
    }

    /** A replica's; those of consumers make room for it. */
    boolean isPrivileged() {
        return privileged;
    }

    boolean usesTopicIds() {
        return usesTopicIds;
    }

    FetchInterest interest() {
        return interest;
    }

    long createdMs() {
        return createdMs;
    }

    long lastUsedMs() {
        return lastUsedMs;
    }

    /** Partitions at the last use. */
    int size() {
        return size;
    }

    void used(int partitions, long nowMs) {
        size = partitions;
        lastUsedMs = nowMs;
    }

    /** The epoch that the next request must carry. */
    int nextEpoch() {
        return nextEpoch;
    }

    /** After 2147483647 comes 1: 0 and -1 mean something else. */
    void advanceEpoch() {
        nextEpoch = nextEpoch == Integer.MAX_VALUE ? 1 : nextEpoch + 1;
    }
}
