package io.barnabas.requests.data;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The fetch sessions of this broker, at most {@code max.incremental.fetch.session.cache.slots}. Any thread may call.
 * An id tells its shard.
 */
final class FetchSessions {
    private static final int SHARDS = 8;

    private final FetchSessionShard[] shards;
    private final int idsAShard;
    private final AtomicInteger turn = new AtomicInteger();

    FetchSessions(int slots, RandomGenerator random) {
        int count = Math.max(1, Math.min(SHARDS, slots));
        this.idsAShard = Integer.MAX_VALUE / count;
        this.shards = new FetchSessionShard[count];
        for (int i = 0; i < count; i++) {
            shards[i] = new FetchSessionShard(
                    i * idsAShard, idsAShard, slotsOf(i, count, slots), new SplittableRandom(random.nextLong()));
        }
    }

    private static int slotsOf(int shard, int count, int slots) {
        return slots / count + (shard < slots % count ? 1 : 0);
    }

    /** Null when there is no room. */
    FetchSession open(boolean privileged, boolean usesTopicIds, FetchInterest interest, long nowMs) {
        FetchSessionShard shard = shards[Math.floorMod(turn.getAndIncrement(), shards.length)];
        FetchSessionShard.Opened opened = shard.open(privileged, usesTopicIds, interest, nowMs);
        close(opened.evicted());
        return opened.session();
    }

    /** Null when there is none of this id. */
    FetchSession find(int id) {
        return id <= 0 ? null : shardOf(id).find(id);
    }

    /** Keeps the session from becoming stale. */
    void used(FetchSession session, int partitions, long nowMs) {
        shardOf(session.id()).used(session, partitions, nowMs);
    }

    void close(int id) {
        if (id > 0) {
            close(shardOf(id).remove(id));
        }
    }

    int size() {
        int size = 0;
        for (FetchSessionShard shard : shards) {
            size += shard.size();
        }
        return size;
    }

    private FetchSessionShard shardOf(int id) {
        return shards[Math.min(id / idsAShard, shards.length - 1)];
    }

    private static void close(FetchSession session) {
        if (session != null) {
            synchronized (session.interest()) {
                session.interest().close();
            }
        }
    }
}
