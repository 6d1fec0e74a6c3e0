package io.barnabas.cluster.registration;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Sends each endpoint an ApiVersions request and waits for any byte; a listener with TLS answers with an alert. That
 * a connection is accepted proves nothing: the kernel accepts for a process that hangs, too.
 */
public final class SocketHolderProbe implements HolderProbe {
    private static final int WAIT_MS = 2_000;
    /** ApiVersions (18) version 0, correlation id 0, no client id. */
    private static final byte[] API_VERSIONS = ByteBuffer.allocate(14)
            .putInt(10)
            .putShort((short) 18)
            .putShort((short) 0)
            .putInt(0)
            .putShort((short) -1)
            .array();

    private final Executor pool;

    /** @param pool for waiting on sockets */
    public SocketHolderProbe(Executor pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<BrokerEndpoint>> answering(List<BrokerEndpoint> endpoints) {
        return CompletableFuture.supplyAsync(
                () -> endpoints.stream().filter(SocketHolderProbe::answers).findFirst(), pool);
    }

    private static boolean answers(BrokerEndpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), WAIT_MS);
            socket.setSoTimeout(WAIT_MS);
            socket.getOutputStream().write(API_VERSIONS);
            return socket.getInputStream().read() >= 0;
        } catch (IOException | IllegalArgumentException nobodyThere) {
            return false;
        }
    }
}
