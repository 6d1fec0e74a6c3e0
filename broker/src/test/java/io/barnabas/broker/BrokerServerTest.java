package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.cluster.zookeeper.EmbeddedZooKeeper;
import io.barnabas.config.BrokerConfig;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.RecordedFaults;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BrokerServerTest {
    @TempDir
    Path directory;

    @Test
    @Acceptance(8)
    void servesOnceStartedAndLeavesTheMarkOfACleanStop() throws Exception {
        try (BrokerServer broker = new BrokerServer(config("data", Map.of()))) {
            broker.start();

            assertThat(broker.brokerId()).isEqualTo(7);
            assertThat(broker.isZooKeeperInside()).isTrue();
            int port = broker.boundListeners().get(0).port();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(client.isConnected()).isTrue();
            }
        }
        assertThat(directory.resolve("data/logs/.kafka_cleanshutdown")).exists();
        assertThat(directory.resolve("data/logs/meta.properties")).content().contains("broker.id=7");
        assertThat(directory.resolve("data/logs/.barnabas-session")).doesNotExist();
    }

    @Test
    void isTheSameClusterAfterARestart() throws Exception {
        start("data", Map.of());
        String before = Files.readString(directory.resolve("data/logs/meta.properties"));
        start("data", Map.of());

        assertThat(directory.resolve("data/logs/meta.properties")).hasContent(before);
    }

    @Test
    void makesUpAnIdForABrokerWithoutOneAndKeepsIt() throws Exception {
        Map<String, String> noId = Map.of("broker.id", "-1");

        assertThat(start("data", noId)).isEqualTo(1001);
        assertThat(start("data", noId)).isEqualTo(1001);
    }

    @Test
    void saysWhoseDirectoryItIsWhenTheIdHasChanged() throws Exception {
        start("data", Map.of());

        assertThatThrownBy(() -> start("data", Map.of("broker.id", "8")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("broker.id=7");
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listener = "PLAINTEXT://127.0.0.1:" + taken.getLocalPort();

            assertThatThrownBy(() -> start("data", Map.of("listeners", listener)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(listener);
        }
    }

    @Test
    void refusesDataThatAnotherProcessUses() throws Exception {
        try (BrokerServer holder = new BrokerServer(config("data", Map.of()))) {
            holder.start();

            assertThatThrownBy(() -> start("data", Map.of()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void saysWhatToDoWhenNoZooKeeperAnswers() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Map<String, String> nobody =
                Map.of("zookeeper.connect", "127.0.0.1:" + free, "zookeeper.connection.timeout.ms", "300");

        assertThatThrownBy(() -> start("data", nobody))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("127.0.0.1:" + free)
                .hasMessageContaining("leave zookeeper.connect unset");
    }

    @Test
    @Acceptance(2)
    void refusesASecondBrokerWithTheSameIdAndNamesTheFirst() throws Exception {
        try (EmbeddedZooKeeper zooKeeper = zooKeeper();
                BrokerServer first = new BrokerServer(config("one", connect(zooKeeper)))) {
            first.start();
            int port = first.boundListeners().get(0).port();

            assertThatThrownBy(() -> start("two", connect(zooKeeper)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Broker id 7 is taken")
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    @Acceptance(9)
    @Timeout(60)
    void stopsWithinFiveSecondsWhenZooKeeperHasGoneBefore() throws Exception {
        EmbeddedZooKeeper zooKeeper = zooKeeper();
        BrokerServer broker = new BrokerServer(config("data", connect(zooKeeper)));
        broker.start();
        zooKeeper.close();

        long begunNs = System.nanoTime();
        broker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isLessThan(Duration.ofSeconds(5));
        assertThat(directory.resolve("data/logs/.kafka_cleanshutdown")).exists();
    }

    /** Starts and stops a broker; answers with its id. */
    private int start(String name, Map<String, String> changes) throws Exception {
        try (BrokerServer broker = new BrokerServer(config(name, changes))) {
            broker.start();
            return broker.brokerId();
        }
    }

    private BrokerConfig config(String name, Map<String, String> changes) {
        return BrokerFixture.config(directory.resolve(name), changes);
    }

    private EmbeddedZooKeeper zooKeeper() throws Exception {
        EmbeddedZooKeeper zooKeeper = new EmbeddedZooKeeper(
                new EmbeddedZooKeeper.Settings(
                        directory.resolve("zk"), InetAddress.getLoopbackAddress(), 0, false, 2_000, 0),
                new RecordedFaults());
        zooKeeper.start();
        return zooKeeper;
    }

    private static Map<String, String> connect(EmbeddedZooKeeper zooKeeper) {
        return Map.of("zookeeper.connect", zooKeeper.connectString());
    }
}
