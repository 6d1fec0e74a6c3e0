package io.barnabas.replication;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What the leader of a partition knows of its replicas for one leader epoch, and what follows from it: which offsets
 * count as committed. Guarded by the partition's lock; pure, time is an argument.
 *
 * <p>The leader's own position is an argument too: its log end, or how far it has flushed where acknowledgement waits
 * for the disk.
 */
final class LeaderState {
    /** Answer of {@link #committedOffset} while too few replicas are in sync for anything to become committed. */
    static final long NOTHING_NEW = -1;

    private final int localId;
    private final int leaderEpoch;
    private final long epochStartOffset;
    private final FollowerPosition[] followers;
    private int[] inSync;

    /**
     * @param epochStartOffset the log end at which this replica became leader
     * @param replicas all assigned replicas, this one included
     */
    LeaderState(int localId, int leaderEpoch, long epochStartOffset, int[] replicas, int[] inSync, long nowMs) {
        this.localId = localId;
        this.leaderEpoch = leaderEpoch;
        this.epochStartOffset = epochStartOffset;
        this.inSync = inSync.clone();
        this.followers = Arrays.stream(replicas)
                .filter(id -> id != localId)
                .mapToObj(id -> new FollowerPosition(id, contains(inSync, id) ? nowMs : 0))
                .toArray(FollowerPosition[]::new);
    }

    int leaderEpoch() {
        return leaderEpoch;
    }

    long epochStartOffset() {
        return epochStartOffset;
    }

    int[] inSync() {
        return inSync;
    }

    /** Replaces the in-sync set; the caller recomputes the high watermark. */
    void inSync(int[] members) {
        inSync = members.clone();
    }

    /** The follower with this id, or null when the partition is not assigned to it. */
    FollowerPosition follower(int replicaId) {
        for (FollowerPosition follower : followers) {
            if (follower.replicaId() == replicaId) {
                return follower;
            }
        }
        return null;
    }

    /** An append moved the leader's log end away from {@code formerEnd}. */
    void appended(long formerEnd, long nowMs) {
        for (FollowerPosition follower : followers) {
            follower.leaderMovedOnFrom(formerEnd, nowMs);
        }
    }

    /** Whether an append that wants all in-sync replicas may begin. A partition cannot be asked for more than it has. */
    boolean hasEnoughInSync(int minInSync) {
        return inSync.length >= Math.min(minInSync, followers.length + 1);
    }

    /**
     * The offset below which every replica that counts has everything: the members of the in-sync set, and those that
     * are close enough to join it (else they could never catch up with a busy leader).
     */
    long committedOffset(long leaderPosition, int minInSync, long nowMs, long lagMaxMs) {
        if (!hasEnoughInSync(minInSync)) {
            return NOTHING_NEW;
        }
        long lowest = leaderPosition;
        for (FollowerPosition follower : followers) {
            if (follower.endOffset() < lowest
                    && (contains(inSync, follower.replicaId())
                            || follower.isCaughtUp(leaderPosition, nowMs, lagMaxMs))) {
                lowest = follower.endOffset();
            }
        }
        return lowest;
    }

    /**
     * The lowest log start of all live replicas: what every one of them has let go of;
     * {@link FollowerPosition#UNKNOWN} while a live follower has not told.
     */
    long lowestLogStartOffset(long leaderLogStartOffset, IntPredicate isLive) {
        long lowest = leaderLogStartOffset;
        for (FollowerPosition follower : followers) {
            if (isLive.test(follower.replicaId())) {
                lowest = Math.min(lowest, follower.logStartOffset());
            }
        }
        return lowest;
    }

    private static boolean contains(int[] ids, int wanted) {
        for (int id : ids) {
            if (id == wanted) {
                return true;
            }
        }
        return false;
    }
}
