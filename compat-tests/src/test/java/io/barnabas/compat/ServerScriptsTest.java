package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in bin/ with the real process behind them. */
class ServerScriptsTest {
    private static final String STARTED = "started (kafka.server.KafkaServer)";
    private static final int BROKER = 731;

    @TempDir
    Path directory;

    private Scripts scripts;

    @BeforeEach
    void prepare() {
        scripts = new Scripts(directory);
    }

    @AfterEach
    void end() {
        scripts.close();
    }

    private static void await(String what, Callable<Boolean> happened) {
        Awaitility.await(what)
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(happened);
    }

    private boolean hasLogged(String text) {
        return Files.exists(scripts.logs().resolve("server.log"))
                && scripts.serverLog().contains(text);
    }

    @Test
    @Acceptance({7, 8, 13})
    void startsADaemonAndStopsItInGoodOrder() throws IOException {
        String file =
                scripts.file("server.properties", scripts.quietSettings(BROKER)).toString();
        Program.Result start =
                scripts.script("kafka-server-start.sh", "-daemon", file).run();
        assertThat(start.exitCode()).isZero();
        assertThat(start.out()).isEmpty();
        await("start", () -> hasLogged(STARTED));
        assertThat(scripts.logs().resolve("kafkaServer.out")).exists();

        long asked = System.nanoTime();
        Program.Result stop =
                scripts.script("kafka-server-stop.sh", "--node-id=" + BROKER).run();
        assertThat(stop.exitCode()).isZero();
        await("stop", () -> hasLogged("[KafkaServer id=" + BROKER + "] shut down completed"));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(5_000);
        assertThat(directory.resolve("data-" + BROKER).resolve(".kafka_cleanshutdown"))
                .exists();
        await(
                "its end",
                () -> scripts.script("kafka-server-stop.sh", "--node-id=" + BROKER)
                                .run()
                                .exitCode()
                        == 1);
        assertThat(scripts.serverLog().lines())
                .allMatch(line ->
                        line.matches("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}\\] [A-Z]+ .* \\(\\S+\\)"));
    }

    @Test
    @Acceptance({8, 12})
    void endsWithTheStatusOfTheSignalWhenAskedTo() {
        String file =
                scripts.file("server.properties", scripts.quietSettings(BROKER)).toString();
        Program.Running broker = scripts.script("kafka-server-start.sh", file).start();
        await("start", () -> broker.outSoFar().contains("try:"));
        assertThat(broker.outSoFar()).contains("Transitioning from RECOVERY to RUNNING", STARTED);
        assertThat(broker.stop().exitCode()).isEqualTo(143);
    }

    @Test
    @Acceptance({1, 13})
    void saysEverythingThatIsWrongAndEnds() {
        Map<String, String> settings = scripts.quietSettings(BROKER);
        settings.put("num.io.threads", "abc");
        settings.put("log.segment.bytes", "3");
        Program.Result result = scripts.script(
                        "kafka-server-start.sh",
                        scripts.file("server.properties", settings).toString())
                .run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "ERROR Exiting Kafka due to fatal exception",
                        "num.io.threads=abc: Not a number of type INT",
                        "log.segment.bytes=3: Value must be at least 14");
    }

    /** Only the addresses and the directory are others, since this machine may have something on the usual ones. */
    @Test
    @Acceptance(1)
    void startsFromStockFilesBesideAZooKeeperOfItsOwnScript() throws IOException {
        int port = Ports.free();
        Path zooKeeper = scripts.file(
                "zookeeper.properties",
                Map.of(
                        "dataDir", directory.resolve("zookeeper alone").toString(),
                        "clientPort", Integer.toString(port),
                        "clientPortAddress", "127.0.0.1",
                        "maxClientCnxns", "0",
                        "admin.enableServer", "false"));
        scripts.script("zookeeper-server-start.sh", "-daemon", zooKeeper.toString())
                .run()
                .expectSuccess();
        await("ZooKeeper", () -> Ports.answers(port));
        Path stock = Home.ROOT.resolve("config/src/test/resources/stock");
        try (Stream<Path> files = Files.list(stock)) {
            for (Path file : files.sorted().toList()) startsFrom(file, port);
        }
    }

    private void startsFrom(Path file, int zooKeeperPort) throws IOException {
        Path copy = Files.copy(file, directory.resolve(file.getFileName()));
        Program.Running broker = scripts.script(
                        "kafka-server-start.sh",
                        copy.toString(),
                        "--override",
                        "listeners=PLAINTEXT://127.0.0.1:0",
                        "--override",
                        "log.dirs=" + directory.resolve("data of " + file.getFileName()),
                        "--override",
                        "zookeeper.connect=127.0.0.1:" + zooKeeperPort + "/" + file.getFileName())
                .start();
        await(
                file + " to start",
                () -> broker.outSoFar().contains(STARTED) || !broker.process().isAlive());
        assertThat(broker.outSoFar()).contains(STARTED, "Connecting to zookeeper on 127.0.0.1:" + zooKeeperPort);
        assertThat(broker.stop().exitCode()).isEqualTo(143);
    }

    @Test
    @Acceptance(1)
    void warnsOfKeysThatItIgnores() {
        Map<String, String> settings = scripts.quietSettings(BROKER);
        settings.put("confluent.license.topic", "x");
        settings.put("control.plane.listener.name.typo", "y");
        Program.Running broker = scripts.script(
                        "kafka-server-start.sh",
                        scripts.file("server.properties", settings).toString())
                .start();
        await("start", () -> broker.outSoFar().contains(STARTED));
        assertThat(broker.outSoFar())
                .contains("WARN Unknown keys, ignored: confluent.license.topic, control.plane.listener.name.typo");
        broker.stop();
    }

    @Test
    @Acceptance(2)
    void refusesASecondBrokerOfTheSameNumber() {
        int zooKeeperPort = Ports.free();
        Map<String, String> first = scripts.quietSettings(BROKER);
        first.put("barnabas.zookeeper.port", Integer.toString(zooKeeperPort));
        Program.Running holder = scripts.script(
                        "kafka-server-start.sh",
                        scripts.file("first.properties", first).toString())
                .start();
        await("start", () -> holder.outSoFar().contains(STARTED));
        Map<String, String> second = new TreeMap<>(scripts.quietSettings(BROKER));
        second.put("zookeeper.connect", "127.0.0.1:" + zooKeeperPort);
        second.put("log.dirs", directory.resolve("other data").toString());
        Program.Result refused = scripts.script(
                        "kafka-server-start.sh",
                        scripts.file("second.properties", second).toString())
                .run();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("ERROR")
                .contains(Integer.toString(BROKER))
                .contains("127.0.0.1:");
        assertThat(holder.process().isAlive()).isTrue();
        holder.stop();
    }

    @Test
    void findsNothingToStop() {
        Program.Result stop =
                scripts.script("kafka-server-stop.sh", "--node-id=987654").run();
        assertThat(stop.exitCode()).isEqualTo(1);
        assertThat(stop.out()).isEqualTo("No kafka server to stop\n");
    }
}
