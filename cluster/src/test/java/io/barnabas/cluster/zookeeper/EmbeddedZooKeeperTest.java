package io.barnabas.cluster.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.store.StoreSession;
import io.barnabas.cluster.store.ZooKeeperClusterStore;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.RecordedFaults;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedZooKeeperTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private final RecordedFaults faults = new RecordedFaults();
    private final ThreadPools pools = new ThreadPools();

    @AfterEach
    void expectNoFaults() {
        pools.close();
        assertThat(faults.faults()).isEmpty();
    }

    private EmbeddedZooKeeper started(int port, boolean nextFreePort) throws IOException {
        EmbeddedZooKeeper server = new EmbeddedZooKeeper(
                new EmbeddedZooKeeper.Settings(directory, LOOPBACK, port, nextFreePort, 500, 0), faults);
        server.start();
        return server;
    }

    @Test
    void takesTheNextFreePortWhenTheWantedOneIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
                EmbeddedZooKeeper server = started(taken.getLocalPort(), true)) {
            assertThat(server.port()).isGreaterThan(taken.getLocalPort());
            assertThat(fourLetterWord(server, "ruok")).isEqualTo("imok");
        }
    }

    @Test
    void refusesATakenPortWhereItMustBeThatOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            assertThatThrownBy(() -> started(taken.getLocalPort(), false)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void answersTheFourLetterWordsThatMonitorsAsk() throws Exception {
        try (EmbeddedZooKeeper server = started(0, false)) {
            assertThat(fourLetterWord(server, "srvr")).contains("Mode: standalone");
            assertThat(fourLetterWord(server, "mntr")).contains("zk_server_state\tstandalone");
        }
    }

    @Test
    void findsItsDataAfterARestartAndKeepsItsFilesSmall() throws Exception {
        try (EmbeddedZooKeeper server = started(0, false)) {
            try (ZooKeeperClusterStore store = connected(server)) {
                store.session()
                        .create("/kept", "data".getBytes(UTF_8), NodeKind.PERSISTENT)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
        }
        try (EmbeddedZooKeeper server = started(0, false)) {
            try (ZooKeeperClusterStore store = connected(server)) {
                StoreSession session = store.session();
                assertThat(session.get("/kept")
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS)
                                .value()
                                .text())
                        .isEqualTo("data");
            }
            server.purge();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(5 << 20);
        }
    }

    @Test
    void answersInOrderWhatTheSocketDoesNotTakeAtOnce() throws Exception {
        byte[] large = new byte[900_000];
        try (EmbeddedZooKeeper server = started(0, false);
                ZooKeeperClusterStore store = connected(server)) {
            StoreSession session = store.session();
            session.create("/large", large, NodeKind.PERSISTENT)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            List<Integer> answered = Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(session.get(i % 3 == 0 ? "/large" : "/zookeeper")
                        .thenAccept(node -> answered.add(node.value().bytes().length))
                        .toCompletableFuture());
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 60; i++) {
                assertThat(answered.get(i)).as("answer %s", i).isEqualTo(i % 3 == 0 ? large.length : 0);
            }
        }
    }

    @Test
    void leavesTheHandlerOfUncaughtExceptionsToUs() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        try (EmbeddedZooKeeper server = started(0, false)) {
            assertThat(server.port()).isPositive();
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
        }
    }

    private ZooKeeperClusterStore connected(EmbeddedZooKeeper server) throws Exception {
        ZooKeeperClusterStore store = new ZooKeeperClusterStore(
                new ZooKeeperClusterStore.Settings(server.connectString(), 5_000, 5_000),
                pools.pool("store", 1),
                faults);
        store.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return store;
    }

    private static String fourLetterWord(EmbeddedZooKeeper server, String word) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.port())) {
            socket.getOutputStream().write(word.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8).strip();
        }
    }
}
