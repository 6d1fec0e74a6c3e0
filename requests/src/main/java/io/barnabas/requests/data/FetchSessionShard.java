package io.barnabas.requests.data;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.random.RandomGenerator;

/**
 * A part of the fetch sessions, with at most {@code slots} of them. When it is full, a newcomer takes the place of a
 * session that nobody has used for two minutes, of a consumer's when it is a replica's, or of an old one that is not
 * bigger than itself. Any thread may call.
 */
final class FetchSessionShard {
    /** A session is not thrown out by others of its kind before this age, and is stale after so much idleness. */
    static final long EVICTION_MS = 120_000;

    private final int firstId;
    private final int ids;
    private final int slots;
    private final RandomGenerator random;
    private final IntObjectMap<FetchSession> sessions = new IntObjectHashMap<>();

    /** @param ids session ids of this shard lie in {@code [firstId, firstId + ids)} */
    FetchSessionShard(int firstId, int ids, int slots, RandomGenerator random) {
        this.firstId = firstId;
        this.ids = ids;
        this.slots = slots;
        this.random = random;
    }

    /** What became of a newcomer: its session, or null; and the session that made room for it, or null. */
    record Opened(FetchSession session, FetchSession evicted) {}

    synchronized Opened open(boolean privileged, boolean usesTopicIds, FetchInterest interest, long nowMs) {
        FetchSession evicted = null;
        if (sessions.size() >= slots) {
            evicted = leastValuable(privileged, interest.size(), nowMs);
            if (evicted == null) {
                return new Opened(null, null);
            }
            sessions.remove(evicted.id());
        }
        FetchSession session = new FetchSession(unusedId(), privileged, usesTopicIds, interest, nowMs);
        sessions.put(session.id(), session);
        return new Opened(session, evicted);
    }

    synchronized FetchSession find(int id) {
        return sessions.get(id);
    }

    synchronized void used(FetchSession session, int partitions, long nowMs) {
        session.used(partitions, nowMs);
    }

    /** Null when there was none. */
    synchronized FetchSession remove(int id) {
        return sessions.remove(id);
    }

    synchronized int size() {
        return sessions.size();
    }

    private int unusedId() {
        while (true) {
            int id = firstId + random.nextInt(ids);
            if (id != FetchSession.NONE && !sessions.containsKey(id)) {
                return id;
            }
        }
    }

    private FetchSession leastValuable(boolean forPrivileged, int newSize, long nowMs) {
        FetchSession oldest = null;
        FetchSession smallest = null;
        for (FetchSession session : sessions.values()) {
            if (oldest == null || session.lastUsedMs() < oldest.lastUsedMs()) {
                oldest = session;
            }
            if (mayGo(session, forPrivileged, nowMs) && (smallest == null || isWorthLess(session, smallest))) {
                smallest = session;
            }
        }
        if (oldest != null && nowMs - oldest.lastUsedMs() > EVICTION_MS) {
            return oldest;
        }
        boolean worthMore = smallest != null
                && (forPrivileged != smallest.isPrivileged() ? forPrivileged : newSize >= smallest.size());
        return worthMore ? smallest : null;
    }

    private static boolean mayGo(FetchSession session, boolean forPrivileged, long nowMs) {
        return forPrivileged && !session.isPrivileged() || nowMs - session.createdMs() > EVICTION_MS;
    }

    private static boolean isWorthLess(FetchSession session, FetchSession other) {
        if (session.isPrivileged() != other.isPrivileged()) {
            return other.isPrivileged();
        }
        return session.size() < other.size();
    }
}
