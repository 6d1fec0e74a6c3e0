package io.barnabas.log.producer;

import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The transactions of a partition that are open, and those that ended with a marker that is not replicated yet, by
 * their first offsets. Guarded by the partition's lock. Most partitions have none, and no collections.
 */
final class UndecidedTransactions {
    static final long NONE = Long.MAX_VALUE;

    private TreeSet<Long> open;

    /** With the offset of the marker. */
    private TreeMap<Long, Long> ended;

    void began(long firstOffset) {
        if (open == null) {
            open = new TreeSet<>();
        }
        open.add(firstOffset);
    }

    /** False when it was not open. */
    boolean end(long firstOffset, long markerOffset) {
        if (open == null || !open.remove(firstOffset)) {
            return false;
        }
        if (ended == null) {
            ended = new TreeMap<>();
        }
        ended.put(firstOffset, markerOffset);
        return true;
    }

    /** {@link #NONE} when none is open. */
    long firstOpen() {
        return open == null || open.isEmpty() ? NONE : open.first();
    }

    /** {@link #NONE} when all are decided and replicated. */
    long first() {
        return ended == null || ended.isEmpty() ? firstOpen() : Math.min(firstOpen(), ended.firstKey());
    }

    /** True when one ended for good. */
    boolean highWatermarkMoved(long highWatermark) {
        return ended != null && ended.values().removeIf(marker -> marker < highWatermark);
    }

    void clear() {
        open = null;
        ended = null;
    }
}
