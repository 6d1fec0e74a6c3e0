package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topics tool of three releases makes, changes, describes and deletes topics. */
class TopicToolTest {
    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.in(directory)
                .with("file.delete.delay.ms", "1000")
                .with("log.segment.delete.delay.ms", "1000")
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"2.2.2", "3.9.2", "4.3.1"})
    @Acceptance({24, 28, 31, 32, 87, 159})
    void everyVerbWorks(String release) throws IOException {
        Tools tools = new Tools(release, broker);
        String topic = "verbs-" + release.replace('.', '-');
        Program.Result help = tools.topics("--help").run();
        assertThat(help.out() + help.err()).contains("--create").contains("--partitions");

        tools.topics(
                        "--create",
                        "--topic",
                        topic,
                        "--partitions",
                        "2",
                        "--replication-factor",
                        "1",
                        "--config",
                        "retention.ms=60000")
                .run()
                .expectSuccess();
        assertThat(tools.topics("--list").run().expectSuccess().lines()).contains(topic);
        assertThat(partitionDirectories(topic)).containsExactly(topic + "-0", topic + "-1");

        assertThat(tools.topics("--describe", "--topic", topic)
                        .run()
                        .expectSuccess()
                        .out())
                .contains("retention.ms=60000")
                .containsPattern("PartitionCount: ?2")
                .containsPattern("Partition: 1\\s+Leader: 0\\s+Replicas: 0\\s+Isr: 0");

        tools.topics("--alter", "--topic", topic, "--partitions", "5").run().expectSuccess();
        assertThat(tools.topics("--describe", "--topic", topic)
                        .run()
                        .expectSuccess()
                        .out())
                .containsPattern("PartitionCount: ?5");
        Program.Result fewer =
                tools.topics("--alter", "--topic", topic, "--partitions", "3").run();
        assertThat(fewer.exitCode()).isEqualTo(1);
        assertThat(fewer.out() + fewer.err())
                .contains("Topic currently has 5 partitions, which is higher than the requested 3.");

        tools.topics("--delete", "--topic", topic).run().expectSuccess();
        Awaitility.await("directories to vanish")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> partitionDirectories(topic).isEmpty());
        assertThat(tools.topics("--list").run().expectSuccess().lines()).doesNotContain(topic);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"3.9.2", "4.3.1"})
    @Acceptance({30, 124})
    void moreReplicasThanBrokersAreRefused(String release) {
        Program.Result refused = new Tools(release, broker)
                .topics("--create", "--topic", "too-many", "--partitions", "1", "--replication-factor", "2")
                .run();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("Replication factor: 2 larger than available brokers: 1.");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance(28)
    void whatIsWrongIsSaid() {
        Tools tools = new Tools("3.9.2", broker);
        tools.topics("--create", "--topic", "twice").run().expectSuccess();
        assertThat(tools.topics("--create", "--topic", "twice").run().out()).contains("Topic 'twice' already exists.");
        Program.Result path = tools.topics("--create", "--topic", "../escape").run();
        assertThat(path.exitCode()).isEqualTo(1);
        assertThat(path.out() + path.err())
                .contains("Topic name is invalid: '../escape' contains one or more characters");
        Program.Result config = tools.topics("--create", "--topic", "badly-set", "--config", "retention.ms=soon")
                .run();
        assertThat(config.exitCode()).isEqualTo(1);
        assertThat(config.out() + config.err())
                .contains("Invalid value soon for configuration retention.ms: Not a number of type LONG");
    }

    private static List<String> partitionDirectories(String topic) throws IOException {
        try (Stream<Path> files = Files.list(broker.logDirectory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(topic))
                    .sorted()
                    .toList();
        }
    }
}
