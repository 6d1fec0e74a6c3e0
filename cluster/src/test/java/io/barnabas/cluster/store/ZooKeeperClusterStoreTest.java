package io.barnabas.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.zookeeper.EmbeddedZooKeeper;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.RecordedFaults;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperClusterStoreTest extends ClusterStoreContract {
    private static final AtomicInteger CHROOTS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static EmbeddedZooKeeper server;
    private static final ThreadPools POOLS = new ThreadPools();
    private static final RecordedFaults FAULTS = new RecordedFaults();

    private final String chroot = "/test-" + CHROOTS.incrementAndGet();
    private final List<ClusterStore> stores = new ArrayList<>();

    @BeforeAll
    static void startServer() throws Exception {
        server = new EmbeddedZooKeeper(
                new EmbeddedZooKeeper.Settings(directory, InetAddress.getLoopbackAddress(), 0, false, 500, 0), FAULTS);
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
        POOLS.close();
        assertThat(FAULTS.faults()).isEmpty();
    }

    @AfterEach
    void closeStores() {
        stores.forEach(ClusterStore::close);
    }

    @Override
    ClusterStore newStore() {
        ClusterStore store = new ZooKeeperClusterStore(
                new ZooKeeperClusterStore.Settings(server.connectString() + chroot, 5_000, 5_000),
                POOLS.pool("store", 1),
                FAULTS);
        stores.add(store);
        return store;
    }

    @Override
    <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    void expire(ClusterStore store) {
        await(newStore().endSession(store.session().ticket()));
    }

    @Test
    @Acceptance(5)
    void createsTheChrootWithItsParents() {
        ClusterStore store = new ZooKeeperClusterStore(
                new ZooKeeperClusterStore.Settings(server.connectString() + chroot + "/deep/down/", 5_000, 5_000),
                POOLS.pool("store", 1),
                FAULTS);
        stores.add(store);
        StoreSession session = await(store.start());
        assertThat(await(session.create("/a", null, NodeKind.PERSISTENT)).isOk())
                .isTrue();
        ClusterStore outside = newStore();
        await(outside.start());
        assertThat(await(outside.session().exists("/deep/down/a")).isOk()).isTrue();
    }

    @Test
    void keepsItsSessionThroughARestartOfZooKeeperWhileReadsWait(@TempDir Path own) throws Exception {
        EmbeddedZooKeeper before = serverIn(own, 0);
        before.start();
        int port = before.port();
        ClusterStore store = new ZooKeeperClusterStore(
                new ZooKeeperClusterStore.Settings(before.connectString(), 10_000, 10_000),
                POOLS.pool("store", 1),
                FAULTS);
        stores.add(store);
        StoreSession session = await(store.start());
        await(session.create("/a", null, NodeKind.EPHEMERAL));
        CompletableFuture<StoreSession> disconnected = new CompletableFuture<>();
        store.listen(new SessionListener() {
            @Override
            public void disconnected(StoreSession cutOff) {
                disconnected.complete(cutOff);
            }
        });
        before.close();
        await(disconnected);
        CompletionStage<Answer<NodeStat>> read = session.exists("/a");
        CompletionStage<Answer<String>> write = session.create("/b", null, NodeKind.PERSISTENT);
        assertThat(await(write).code()).isEqualTo(AnswerCode.UNKNOWN);
        assertThat(read.toCompletableFuture()).isNotDone();
        try (EmbeddedZooKeeper after = serverIn(own, port)) {
            after.start();
            assertThat(await(read).value().ephemeralOwner()).isEqualTo(session.id());
            assertThat(session.isLost()).isFalse();
            store.close();
        }
    }

    private static EmbeddedZooKeeper serverIn(Path directory, int port) {
        return new EmbeddedZooKeeper(
                new EmbeddedZooKeeper.Settings(directory, InetAddress.getLoopbackAddress(), port, false, 500, 0),
                FAULTS);
    }
}
