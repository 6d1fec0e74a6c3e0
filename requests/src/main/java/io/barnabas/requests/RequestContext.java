package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import java.net.InetAddress;
import java.util.concurrent.Executor;

/**
 * Who asks what, and how the answer must look. Immutable, any thread may read.
 *
 * @param clientId as the client named itself; null when it did not
 */
public record RequestContext(
        ClientConnection connection, ApiKey apiKey, short apiVersion, int correlationId, String clientId) {

    public Principal principal() {
        return connection.principal();
    }

    public String listenerName() {
        return connection.listenerName();
    }

    public InetAddress clientAddress() {
        return connection.clientAddress();
    }

    /** The address by which the client reached us, as text; never a wildcard. */
    public String reachedHost() {
        return connection.reachedAddress().getHostAddress();
    }

    public int reachedPort() {
        return connection.reachedPort();
    }

    public String connectionId() {
        return connection.id();
    }

    /** Where work for this request belongs that comes from another thread. */
    public Executor eventLoop() {
        return connection.eventLoop();
    }

    public ClientSoftware software() {
        return connection.software();
    }

    /** The same request, answered in the form of another version. */
    RequestContext answeredAs(short version) {
        return new RequestContext(connection, apiKey, version, correlationId, clientId);
    }

    /** For log lines. */
    @Override
    public String toString() {
        return apiKey + " " + apiVersion + " from client '" + clientId + "' (" + software() + ") at " + connection;
    }
}
