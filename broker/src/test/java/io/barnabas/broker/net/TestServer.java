package io.barnabas.broker.net;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.RecordedFaults;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A network server on a free loopback port. */
final class TestServer implements AutoCloseable {
    static final NetworkConfig CONFIG = new NetworkConfig(
            2, 1 << 20, 4 << 20, new ConnectionBounds(1_000, 1_000, Map.of()), 60_000, -1, -1, 50, 16, 60_000, 1 << 14);

    private final ThreadPools pools = new ThreadPools();
    private final Executor diskIo = pools.pool("disk-io", 2);
    final RecordedFaults faults = new RecordedFaults();
    final NetworkServer network;
    final int port;

    TestServer(Transport transport, ApiRegistry registry, UnaryOperator<NetworkConfig> change) throws IOException {
        network = new NetworkServer(
                change.apply(CONFIG),
                transport,
                new RequestDispatcher(registry, Metrics.none(), faults),
                Metrics.none(),
                Clock.system(),
                diskIo,
                faults);
        port = network.bind(new ListenerSpec("PLAINTEXT", "127.0.0.1", 0));
        network.accept();
    }

    TestServer(ApiRegistry registry) throws IOException {
        this(Transport.best(), registry, config -> config);
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    @Override
    public void close() {
        network.close();
        pools.close();
    }

    // Changes of single values, because a record has no setters.

    static UnaryOperator<NetworkConfig> memory(long bytes) {
        return c -> new NetworkConfig(
                c.eventLoops(),
                c.maxRequestBytes(),
                bytes,
                c.connections(),
                c.maxIdleMs(),
                -1,
                -1,
                c.backlog(),
                c.maxInFlight(),
                c.frameGraceMs(),
                c.slowestBytesPerSecond());
    }

    static UnaryOperator<NetworkConfig> connections(int all, int perAddress) {
        return c -> new NetworkConfig(
                c.eventLoops(),
                c.maxRequestBytes(),
                c.requestMemoryBytes(),
                new ConnectionBounds(all, perAddress, Map.of()),
                c.maxIdleMs(),
                -1,
                -1,
                c.backlog(),
                c.maxInFlight(),
                c.frameGraceMs(),
                c.slowestBytesPerSecond());
    }

    static UnaryOperator<NetworkConfig> patience(long maxIdleMs, long frameGraceMs) {
        return c -> new NetworkConfig(
                c.eventLoops(),
                c.maxRequestBytes(),
                c.requestMemoryBytes(),
                c.connections(),
                maxIdleMs,
                -1,
                -1,
                c.backlog(),
                c.maxInFlight(),
                frameGraceMs,
                c.slowestBytesPerSecond());
    }
}
