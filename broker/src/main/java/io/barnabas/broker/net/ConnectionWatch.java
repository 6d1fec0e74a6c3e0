package io.barnabas.broker.net;

import io.barnabas.runtime.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the connections of one event loop now and then: one timer for all of them, and none while there are none.
 * Confined to that loop.
 */
final class ConnectionWatch {
    private final EventLoop loop;
    private final Clock clock;
    private final long periodMs;
    private final Set<ConnectionHandler> connections = new HashSet<>();
    private Future<?> timer;

    ConnectionWatch(EventLoop loop, Clock clock, long periodMs) {
        this.loop = loop;
        this.clock = clock;
        this.periodMs = periodMs;
    }

    void add(ConnectionHandler connection) {
        connections.add(connection);
        if (timer == null) {
            timer = loop.scheduleWithFixedDelay(this::look, periodMs, periodMs, TimeUnit.MILLISECONDS);
        }
    }

    void remove(ConnectionHandler connection) {
        connections.remove(connection);
        if (connections.isEmpty() && timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void look() {
        long nowNs = clock.monotonicNs();
        // A copy: looking may close a connection, which removes it.
        new ArrayList<>(connections).forEach(connection -> connection.look(nowNs));
    }
}
