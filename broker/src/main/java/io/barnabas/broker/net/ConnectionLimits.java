package io.barnabas.broker.net;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, of the broker and of each address, against their limits. Any thread may call. */
final class ConnectionLimits {
    private final int maxConnections;
    private final int maxPerAddress;
    private final Map<InetAddress, Integer> exceptions;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

    ConnectionLimits(NetworkConfig config) {
        this.maxConnections = config.maxConnections();
        this.maxPerAddress = config.maxConnectionsPerAddress();
        this.exceptions = config.maxConnectionsByAddress();
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
        return open.get() >= maxConnections;
    }

    int limitOf(InetAddress address) {
        return exceptions.getOrDefault(address, maxPerAddress);
    }
}
