package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ZooKeeper in a process of its own may come late, go first, or give up on a broker that stood still. */
class ZooKeeperOutsideTest {
    private final int zooKeeperPort = Ports.free();

    @TempDir
    Path directory;

    private BrokerProcess broker;
    private Program.Running zooKeeper;

    @AfterEach
    void end() {
        if (broker != null) {
            broker.close();
        }
        if (zooKeeper != null && zooKeeper.process().isAlive()) {
            zooKeeper.process().destroyForcibly();
        }
    }

    @Test
    @Acceptance(10)
    void aBrokerStartedBeforeItsZooKeeperWaitsForIt() throws Exception {
        prepareBroker();
        broker.launch();
        Awaitility.await("a word about the wait")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> broker.log().contains("Connecting to zookeeper"));
        assertThat(broker.process().isAlive()).isTrue();
        startZooKeeper();
        Awaitility.await("the start")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> broker.log().contains("started (kafka.server.KafkaServer)"));
        exchange("late");
    }

    @Test
    @Acceptance(10)
    void aBrokerWithoutZooKeeperGivesUpAfterABoundAndSaysSo() throws Exception {
        prepareBroker();
        broker.with("zookeeper.connection.timeout.ms", "1500").launch();
        assertThat(broker.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(broker.process().exitValue()).isEqualTo(1);
        assertThat(broker.log()).contains("127.0.0.1:" + zooKeeperPort).doesNotContain("\tat ");
    }

    @Test
    @Acceptance(8)
    void aBrokerStopsWithinItsBoundWhenZooKeeperHasGoneFirst() throws Exception {
        startZooKeeper();
        prepareBroker();
        broker.start();
        zooKeeper.stop();
        broker.stop();
        assertThat(broker.logDirectory().resolve(".kafka_cleanshutdown")).exists();
    }

    @Test
    @Acceptance(10)
    void aBrokerThatStoodStillRegistersAgainAndClientsGoOn() throws Exception {
        startZooKeeper();
        prepareBroker();
        broker.with("zookeeper.session.timeout.ms", "3000").start();
        exchange("before");
        signal("STOP");
        TimeUnit.SECONDS.sleep(8);
        signal("CONT");
        Awaitility.await("a second registration")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> broker.log().split("Registered broker 0", -1).length == 3);
        exchange("after");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(broker.process().pid()))
                .start()
                .waitFor();
    }

    private void exchange(String topic) {
        Tools tools = new Tools("3.9.2", broker);
        tools.consoleProducer("--topic", topic).withInput("a\nb\n").run().expectSuccess();
        assertThat(tools.consoleConsumer(
                                "--topic",
                                topic,
                                "--group",
                                topic,
                                "--from-beginning",
                                "--max-messages",
                                "2",
                                "--timeout-ms",
                                "20000")
                        .run()
                        .expectSuccess()
                        .lines())
                .containsExactly("a", "b");
    }

    private void prepareBroker() {
        broker = BrokerProcess.in(directory.resolve("broker"))
                .with("zookeeper.connect", "127.0.0.1:" + zooKeeperPort + "/kafka");
    }

    private void startZooKeeper() throws IOException {
        Path properties = Files.write(
                directory.resolve("zookeeper.properties"),
                List.of(
                        "dataDir=" + directory.resolve("zookeeper"),
                        "clientPort=" + zooKeeperPort,
                        "clientPortAddress=127.0.0.1",
                        "admin.enableServer=false"));
        zooKeeper = Program.java(
                        Home.brokerClassPath(), "io.barnabas.cluster.zookeeper.ZooKeeperMain", properties.toString())
                .start();
    }
}
