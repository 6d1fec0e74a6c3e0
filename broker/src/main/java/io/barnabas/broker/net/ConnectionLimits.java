package io.barnabas.broker.net;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, of the broker and of each address, against their limits. Any thread may call. */
final class ConnectionLimits {
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();
    private volatile ConnectionBounds bounds;

    ConnectionLimits(ConnectionBounds bounds) {
        this.bounds = bounds;
    }

    /** Those that are open stay open, even where they are too many now. */
    void change(ConnectionBounds bounds) {
        this.bounds = bounds;
    }

    /** False, and nothing counted, when the address has all that it may have. */
    boolean admit(InetAddress address) {
        int limit = limitOf(address);
        boolean[] admitted = new boolean[1];
        openByAddress.compute(address, (key, count) -> {
            int others = count == null ? 0 : count;
            admitted[0] = others < limit;
            return admitted[0] ? Integer.valueOf(others + 1) : count;
        });
        if (admitted[0]) {
            open.incrementAndGet();
        }
        return admitted[0];
    }

    void leave(InetAddress address) {
        openByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }

    /** No more should be accepted for now. */
    boolean isFull() {
        return open.get() >= bounds.all();
    }

    int limitOf(InetAddress address) {
        return bounds.of(address);
    }
}
