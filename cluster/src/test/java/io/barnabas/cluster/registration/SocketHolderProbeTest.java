package io.barnabas.cluster.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.runtime.ThreadPools;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketHolderProbeTest {
    private final ThreadPools pools = new ThreadPools();
    private final ExecutorService pool = pools.pool("probe", 2);

    @AfterEach
    void closePools() {
        pools.close();
    }

    private Optional<BrokerEndpoint> answering(BrokerEndpoint endpoint) throws Exception {
        return new SocketHolderProbe(pool)
                .answering(List.of(endpoint))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static BrokerEndpoint at(ServerSocket server) {
        return new BrokerEndpoint("PLAINTEXT", "127.0.0.1", server.getLocalPort(), "PLAINTEXT");
    }

    @Test
    void findsABrokerThatAnswers() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            pool.execute(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().readNBytes(14);
                    client.getOutputStream().write(new byte[10]);
                } catch (java.io.IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            assertThat(answering(at(server))).contains(at(server));
        }
    }

    @Test
    void doesNotTakeAnAcceptedConnectionForAnAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(answering(at(silent))).isEmpty();
        }
    }

    @Test
    void findsNobodyAtAClosedPort() throws Exception {
        BrokerEndpoint closed;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            closed = at(server);
        }
        assertThat(answering(closed)).isEmpty();
    }
}
