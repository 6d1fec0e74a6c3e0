package io.barnabas.cluster.store;

import io.barnabas.runtime.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A client of {@link SimulatedZooKeeper}. An operation takes a moment to the server and a moment back, both by the
 * timers, so nothing is answered on the caller's stack. The connection and the session break when a test says so.
 */
public final class SimulatedClusterStore implements ClusterStore {
    private static final long ONE_WAY_MS = 1;

    private final SimulatedZooKeeper server;
    private final Timers timers;
    private final List<SessionListener> listeners = new ArrayList<>();
    private SimulatedSession current;
    private boolean closed;

    public SimulatedClusterStore(SimulatedZooKeeper server, Timers timers) {
        this.server = server;
        this.timers = timers;
    }

    @Override
    public void listen(SessionListener listener) {
        listeners.add(listener);
        if (current != null && !current.isLost()) {
            SimulatedSession standing = current;
            timers.schedule(0, () -> listener.established(standing));
        }
    }

    @Override
    public CompletionStage<StoreSession> start() {
        CompletableFuture<StoreSession> first = new CompletableFuture<>();
        timers.schedule(ONE_WAY_MS, () -> {
            open();
            first.complete(current);
        });
        return first;
    }

    @Override
    public StoreSession session() {
        if (current == null) {
            throw new IllegalStateException("no session yet");
        }
        return current;
    }

    @Override
    public CompletionStage<Boolean> endSession(SessionTicket ticket) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        timers.schedule(ONE_WAY_MS, () -> {
            boolean lived = server.lives(ticket.sessionId());
            server.end(ticket.sessionId());
            ended.complete(lived);
        });
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        if (current != null && !current.isLost()) {
            server.end(current.id());
            current.lose();
        }
    }

    /** The process vanishes; its session lives on until it expires. */
    public void crash() {
        closed = true;
        if (current != null) {
            current.lose();
        }
    }

    /** The server ends the session; a new one stands a moment later. */
    public void expireSession() {
        SimulatedSession expired = current;
        server.end(expired.id());
        expired.lose();
        timers.schedule(0, () -> listeners.forEach(listener -> listener.lost(expired)));
        timers.schedule(2 * ONE_WAY_MS, this::open);
    }

    /** Cuts the connection. Writes under way are done by the server or not, as told; reads wait. */
    public void disconnect(boolean writesUnderWayArrive) {
        SimulatedSession session = current;
        session.disconnect(writesUnderWayArrive);
        timers.schedule(0, () -> listeners.forEach(listener -> listener.disconnected(session)));
    }

    public void reconnect() {
        SimulatedSession session = current;
        timers.schedule(0, () -> listeners.forEach(listener -> listener.reconnected(session)));
        session.reconnect();
    }

    private void open() {
        if (closed) {
            return;
        }
        SimulatedSession session = new SimulatedSession(server, timers, ONE_WAY_MS);
        current = session;
        listeners.forEach(listener -> listener.established(session));
    }
}
