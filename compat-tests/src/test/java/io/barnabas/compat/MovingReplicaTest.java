package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache's reassignment tool moves a replica between two log directories, and a directory that is lost takes its own only. */
class MovingReplicaTest {
    private static final int RECORDS = 60_000;

    @TempDir
    Path directory;

    private BrokerProcess broker;
    private Tools tools;

    @BeforeEach
    void start() {
        broker = BrokerProcess.in(directory)
                .with("log.dirs", directory.resolve("one") + "," + directory.resolve("two"))
                .with("replica.high.watermark.checkpoint.interval.ms", "500")
                .start();
        tools = new Tools("3.9.2", broker);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void movesUnderLoadAsTheToolsOfThreeNineWant() throws IOException {
        tools.topics("--create", "--topic", "moving", "--partitions", "1").run().expectSuccess();
        Path from = home("moving-0");
        Path to = directory.resolve(from.endsWith("one") ? "two" : "one");
        produce(RECORDS / 2, -1).await(60).expectSuccess();
        Program.Running load = produce(RECORDS / 2, 6_000);

        Path plan = plan(to);
        // Slow at first, so that there is something to look at.
        reassign(plan, "--execute", "--replica-alter-log-dirs-throttle", "100000")
                .expectSuccess();
        assertThat(reassign(plan, "--verify").expectSuccess().out()).contains("is still in progress");
        assertThat(tools.logDirs("--describe", "--topic-list", "moving")
                        .run()
                        .expectSuccess()
                        .out())
                .contains("\"isFuture\":true", "\"isFuture\":false");
        reassign(plan, "--execute", "--additional", "--replica-alter-log-dirs-throttle", "100000000")
                .expectSuccess();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> Files.isDirectory(to.resolve("moving-0")) && !Files.exists(from.resolve("moving-0")));
        load.await(60).expectSuccess();

        assertThat(reassign(plan, "--verify").expectSuccess().out())
                .contains("Reassignment of replica moving-0-0 completed successfully.");
        assertThat(tools.logDirs("--describe", "--topic-list", "moving")
                        .run()
                        .expectSuccess()
                        .out())
                .doesNotContain("\"isFuture\":true");
        assertThat(tools.offsets("--topic", "moving").run().expectSuccess().out())
                .contains("moving:0:" + RECORDS);
        String read = tools.consumerPerformance("--topic", "moving", "--messages", "" + RECORDS, "--hide-header")
                .run()
                .expectSuccess()
                .out();
        assertThat(read.split(", ")[4]).as(read).isEqualTo("" + RECORDS);
    }

    @Test
    void aLostDirectoryTakesItsOwnPartitionsOnly() throws IOException {
        tools.topics("--create", "--topic", "pair", "--partitions", "2").run().expectSuccess();
        Path lost = home("pair-0");
        assertThat(home("pair-1")).isNotEqualTo(lost);
        tools.consoleProducer("--topic", "pair").withInput("one\ntwo\n").run().expectSuccess();
        Files.move(lost, lost.resolveSibling("away"));

        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> tools.logDirs("--describe", "--topic-list", "pair")
                        .run()
                        .expectSuccess()
                        .out()
                        .contains("KafkaStorageException"));
        String offsets = tools.offsets("--topic", "pair", "--partitions", "1")
                .run()
                .expectSuccess()
                .out();
        assertThat(offsets).contains("pair:1:");
        assertThat(broker.process().isAlive()).isTrue();
    }

    private Program.Running produce(int records, int perSecond) {
        return tools.producerPerformance(
                        "--topic",
                        "moving",
                        "--num-records",
                        "" + records,
                        "--record-size",
                        "100",
                        "--throughput",
                        "" + perSecond)
                .start();
    }

    private Program.Result reassign(Path plan, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--reassignment-json-file";
        all[1] = plan.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return tools.tool("org.apache.kafka.tools.reassign.ReassignPartitionsCommand", all)
                .run();
    }

    private Path plan(Path to) throws IOException {
        return Files.writeString(
                directory.resolve("plan.json"),
                "{\"version\":1,\"partitions\":[{\"topic\":\"moving\",\"partition\":0,\"replicas\":[0],\"log_dirs\":[\""
                        + to + "\"]}]}");
    }

    private Path home(String partition) {
        return Files.isDirectory(directory.resolve("one").resolve(partition))
                ? directory.resolve("one")
                : directory.resolve("two");
    }
}
