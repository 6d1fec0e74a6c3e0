package io.barnabas.broker.net;

import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.runtime.Clock;
import io.netty.buffer.ByteBufAllocator;

/** What all connections share. Immutable. */
record ConnectionPorts(
        NetworkConfig config,
        RequestDispatcher dispatcher,
        Metrics metrics,
        MemoryBudget budget,
        ByteBufAllocator allocator,
        Clock clock,
        QuietLog log,
        Troubles troubles) {

    long maxIdleNs() {
        return config.maxIdleMs() * 1_000_000;
    }
}
