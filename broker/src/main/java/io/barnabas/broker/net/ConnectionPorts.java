package io.barnabas.broker.net;

import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.runtime.Clock;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;

/**
 * What all connections share. Immutable.
 *
 * @param diskIo for what is made while it is sent
 */
record ConnectionPorts(
        NetworkConfig config,
        RequestDispatcher dispatcher,
        Metrics metrics,
        MemoryBudget budget,
        ByteBufAllocator allocator,
        Clock clock,
        Executor diskIo,
        QuietLog log,
        Troubles troubles) {

    long maxIdleNs() {
        return config.maxIdleMs() * 1_000_000;
    }
}
