package io.barnabas.requests;

import java.net.InetAddress;
import java.util.concurrent.Executor;

/**
 * What is known of a connection. Its address never changes; principal and software change on the connection's event
 * loop, between two requests, and anyone may read them.
 */
public final class ClientConnection {
    private final String id;
    private final String listenerName;
    private final InetAddress clientAddress;
    private final int clientPort;
    private final InetAddress reachedAddress;
    private final int reachedPort;
    private final Executor eventLoop;
    private volatile Principal principal = Principal.ANONYMOUS;
    private volatile ClientSoftware software = ClientSoftware.UNKNOWN;
    /** Both confined to the event loop. */
    private Runnable whenClosed;

    private boolean closed;
    private boolean followed;
    private Gathering gathering;

    /**
     * @param id unique in this process
     * @param reachedAddress where the client reached us: the local end of its connection
     * @param eventLoop runs tasks in order, on the one thread that serves the connection
     */
    public ClientConnection(
            String id,
            String listenerName,
            InetAddress clientAddress,
            int clientPort,
            InetAddress reachedAddress,
            int reachedPort,
            Executor eventLoop) {
        this.id = id;
        this.listenerName = listenerName;
        this.clientAddress = clientAddress;
        this.clientPort = clientPort;
        this.reachedAddress = reachedAddress;
        this.reachedPort = reachedPort;
        this.eventLoop = eventLoop;
    }

    public String id() {
        return id;
    }

    public String listenerName() {
        return listenerName;
    }

    public InetAddress clientAddress() {
        return clientAddress;
    }

    public int clientPort() {
        return clientPort;
    }

    public InetAddress reachedAddress() {
        return reachedAddress;
    }

    public int reachedPort() {
        return reachedPort;
    }

    /** Where work for this connection belongs that comes from another thread. */
    public Executor eventLoop() {
        return eventLoop;
    }

    /**
     * What to do when the client goes away while its request waits; in place of what was to be done before, null for
     * nothing. Done at once when it has gone already. On the event loop.
     */
    public void whenClosed(Runnable action) {
        whenClosed = action;
        if (closed && action != null) {
            closed();
        }
    }

    /** The client has gone. On the event loop. */
    public void closed() {
        closed = true;
        Runnable action = whenClosed;
        whenClosed = null;
        if (action != null) {
            action.run();
        }
    }

    /** Whether behind the request that starts now the next one of its kind has arrived, and will start at once. On the event loop. */
    public boolean isFollowed() {
        return followed;
    }

    public void followed(boolean byItsKind) {
        followed = byItsKind;
    }

    /** Requests that wait for those behind them; null when there are none. On the event loop. */
    public Gathering gathering() {
        return gathering;
    }

    /** Lets requests of its kind start though this one has not done its work; to be ended soon. On the event loop. */
    public void gather(Gathering begun) {
        gathering = begun;
    }

    /** Ends what has begun; false when there was nothing. On the event loop. */
    public boolean endGathering() {
        Gathering ending = gathering;
        gathering = null;
        if (ending != null) {
            ending.end();
        }
        return ending != null;
    }

    public Principal principal() {
        return principal;
    }

    public void authenticatedAs(Principal proven) {
        principal = proven;
    }

    public ClientSoftware software() {
        return software;
    }

    public void introducedAs(ClientSoftware named) {
        software = named;
    }

    /** For log lines: {@code 127.0.0.1:4711 on PLAINTEXT}. */
    @Override
    public String toString() {
        return clientAddress.getHostAddress() + ":" + clientPort + " on " + listenerName;
    }
}
