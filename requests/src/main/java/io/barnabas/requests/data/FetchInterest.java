package io.barnabas.requests.data;

import io.barnabas.wire.message.FetchRequest.FetchPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The partitions that one reader wants, for one request or for the life of a fetch session. A look costs as much as
 * there are partitions with something to see, not as much as there are partitions: a partition without more to read is
 * left alone until it tells of news.
 *
 * <p>Its monitor guards the targets; only {@link #news} is called without it, by any thread. Bounded by the partitions
 * that a request names.
 */
final class FetchInterest {
    /** Hears that another look is worth it. */
    interface Waiter {
        /** Called by any thread; about so many bytes more can be read. */
        void news(int bytes);
    }

    private final boolean follower;
    private final Map<PartitionRef, FetchTarget> all = new HashMap<>();
    private final Queue<FetchTarget> news = new ConcurrentLinkedQueue<>();
    private List<FetchTarget> active = new ArrayList<>();
    private volatile Waiter waiter;
    private boolean closed;

    FetchInterest(boolean follower) {
        this.follower = follower;
    }

    int size() {
        return all.size();
    }

    /** Adds the partition or takes over what changed about it; either way it is worth a look. */
    void want(PartitionRef key, FetchPartition wanted) {
        FetchTarget target = all.computeIfAbsent(key, missing -> new FetchTarget(missing, this, follower));
        target.wanted(wanted);
        activate(target);
    }

    void forget(PartitionRef key) {
        FetchTarget target = all.remove(key);
        if (target != null) {
            target.unsubscribe();
            if (target.isActive()) {
                target.active(false);
                active.remove(target);
            }
        }
    }

    /** Those that are worth a look, the longest unserved first. The list is not to be changed. */
    List<FetchTarget> candidates() {
        for (FetchTarget target = news.poll(); target != null; target = news.poll()) {
            target.newsTaken();
            if (all.get(target.key()) == target) {
                activate(target);
            }
        }
        return active;
    }

    /** What is worth a look next time, in this order. Everything else waits for news. */
    void candidates(List<FetchTarget> next) {
        active.forEach(target -> target.active(false));
        active = next;
        active.forEach(target -> target.active(true));
    }

    boolean hasNews() {
        return !news.isEmpty();
    }

    /** Whoever works for this reader now; who did before is told to look, and finds that it was replaced. */
    void servedBy(Waiter next) {
        Waiter before = waiter;
        waiter = next;
        if (before != null && next != null) {
            before.news(Integer.MAX_VALUE);
        }
    }

    boolean isServedBy(Waiter candidate) {
        return waiter == candidate;
    }

    /** Any thread; {@code first} when the target had no news before. */
    void news(FetchTarget target, boolean first, int bytes) {
        if (first) {
            news.add(target);
        }
        Waiter present = waiter;
        if (present != null) {
            present.news(bytes);
        }
    }

    /** Nobody goes on with it after whoever serves it now. */
    boolean isClosed() {
        return closed;
    }

    void unsubscribe() {
        all.values().forEach(FetchTarget::unsubscribe);
    }

    /** Hears of nothing any more; a fetch that waits looks once more. */
    void close() {
        closed = true;
        unsubscribe();
        Waiter present = waiter;
        if (present != null) {
            present.news(Integer.MAX_VALUE);
        }
    }

    private void activate(FetchTarget target) {
        if (!target.isActive()) {
            target.active(true);
            active.add(target);
        }
    }
}
