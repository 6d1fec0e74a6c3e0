package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Performance, configuration, record deletion, offsets and versions tools. */
class OtherToolsTest {
    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.in(directory).start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"2.1.0", "3.9.2", "4.3.1"})
    @Acceptance(64)
    void performanceToolsWriteAndReadTheirRecords(String release) {
        Tools tools = new Tools(release, broker);
        String topic = "perf-" + release;
        new Tools("3.9.2", broker)
                .topics("--create", "--topic", topic, "--partitions", "6")
                .run()
                .expectSuccess();
        Program.Result sent = tools.producerPerformance(
                        "--topic", topic, "--num-records", "50000", "--record-size", "100", "--throughput", "-1")
                .run()
                .expectSuccess();
        assertThat(sent.out()).contains("50000 records sent");
        Program.Result read = tools.consumerPerformance("--topic", topic, "--messages", "50000")
                .run()
                .expectSuccess();
        assertThat(read.out()).containsPattern(", 50000, ");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"3.9.2", "4.3.1"})
    @Acceptance(95)
    void aTopicSettingTakesEffectAtOnce(String release) {
        Tools tools = new Tools(release, broker);
        String topic = "configured-" + release.replace('.', '-');
        tools.topics("--create", "--topic", topic).run().expectSuccess();
        tools.configs(
                        "--alter",
                        "--entity-type",
                        "topics",
                        "--entity-name",
                        topic,
                        "--add-config",
                        "max.message.bytes=500")
                .run()
                .expectSuccess();
        assertThat(tools.configs("--describe", "--entity-type", "topics", "--entity-name", topic)
                        .run()
                        .expectSuccess()
                        .out())
                .contains(
                        "max.message.bytes=500 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:max.message.bytes=500, DEFAULT_CONFIG:message.max.bytes=1048588}");
        Program.Result tooLarge = tools.producerPerformance(
                        "--topic", topic, "--num-records", "1", "--record-size", "1000", "--throughput", "-1")
                .run();
        assertThat(tooLarge.out() + tooLarge.err()).contains("RecordTooLargeException");

        tools.configs(
                        "--alter",
                        "--entity-type",
                        "topics",
                        "--entity-name",
                        topic,
                        "--delete-config",
                        "max.message.bytes")
                .run()
                .expectSuccess();
        tools.producerPerformance("--topic", topic, "--num-records", "1", "--record-size", "1000", "--throughput", "-1")
                .run()
                .expectSuccess();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"2.1.0", "3.9.2", "4.3.1"})
    void recordsAreDeletedBelowAnOffset(String release) throws IOException {
        Tools tools = new Tools(release, broker);
        String topic = "deleted-" + release;
        tools.consoleProducer("--topic", topic).withInput("a\nb\nc\nd\n").run().expectSuccess();
        Path request = Files.writeString(
                directory.resolve("delete-" + release + ".json"),
                "{\"partitions\":[{\"topic\":\"" + topic + "\",\"partition\":0,\"offset\":3}],\"version\":1}");
        assertThat(tools.deleteRecords("--offset-json-file", request.toString())
                        .run()
                        .expectSuccess()
                        .out())
                .contains("low_watermark: 3");
        assertThat(tools.consoleConsumer(
                                "--topic", topic, "--from-beginning", "--max-messages", "1", "--timeout-ms", "10000")
                        .run()
                        .expectSuccess()
                        .lines())
                .containsExactly("d");
        assertThat(tools.offsets("--topic", topic, "--time", "-2")
                        .run()
                        .expectSuccess()
                        .lines())
                .contains(topic + ":0:3");
        assertThat(tools.offsets("--topic", topic, "--time", "-1")
                        .run()
                        .expectSuccess()
                        .lines())
                .contains(topic + ":0:4");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"2.1.0", "3.9.2", "4.3.1"})
    void versionsAreListedWithoutAnUnsupportedOneThatToolsNeed(String release) {
        assertThat(new Tools(release, broker)
                        .apiVersions()
                        .run()
                        .expectSuccess()
                        .out())
                .contains("Produce(0): 0 to 13")
                .contains("Metadata(3): 0 to ");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aBrokerSettingIsChangedWhileItRuns() {
        Tools tools = new Tools("3.9.2", broker);
        tools.configs(
                        "--alter",
                        "--entity-type",
                        "brokers",
                        "--entity-name",
                        "0",
                        "--add-config",
                        "log.cleaner.threads=2")
                .run()
                .expectSuccess();
        assertThat(tools.configs("--describe", "--entity-type", "brokers", "--entity-name", "0")
                        .run()
                        .expectSuccess()
                        .out())
                .contains("log.cleaner.threads=2");
        Program.Result readOnly = tools.configs(
                        "--alter", "--entity-type", "brokers", "--entity-name", "0", "--add-config", "num.partitions=2")
                .run();
        assertThat(readOnly.out() + readOnly.err()).contains("InvalidRequestException");
    }
}
