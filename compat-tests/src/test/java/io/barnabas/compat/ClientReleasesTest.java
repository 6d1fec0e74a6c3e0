package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java clients of every age do what applications do with them, side by side on one broker. */
class ClientReleasesTest {
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
    @ValueSource(strings = {"0.11.0.3", "1.1.1", "2.1.1", "2.8.2", "3.9.2", "4.3.1", "4.4.0"})
    @Acceptance({18, 42, 44, 46, 48, 51, 69, 73, 74, 75})
    void aClientKeepsAllItsPromises(String release) {
        String classPath = Home.scenarios() + File.pathSeparator + Home.classPath("clients-" + release);
        Program.Result result = Program.java(
                        classPath, "io.barnabas.scenario.ClientScenario", broker.address(), "client-" + release)
                .run()
                .expectSuccess();
        assertThat(result.lines())
                .containsExactly(
                        "ok admin",
                        "ok sync",
                        "ok async",
                        "ok keys",
                        "ok headers",
                        "ok codecs",
                        "ok acks",
                        "ok idempotence",
                        "ok seek",
                        "ok group",
                        "ok commit",
                        "ok delete",
                        "done");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"0.8.2.2", "0.10.0.1"})
    void anOldProducerIsReadByANewConsumer(String release) {
        String topic = "old-producer-" + release;
        String classPath = Home.scenarios() + File.pathSeparator + Home.classPath("clients-" + release);
        Program.Result sent = Program.java(
                        classPath, "io.barnabas.scenario.OldProducerScenario", broker.address(), topic)
                .run()
                .expectSuccess();
        assertThat(sent.lines()).containsExactly("sent 1200");

        Program.Result read = new Tools("3.9.2", broker)
                .consoleConsumer(
                        "--topic",
                        topic,
                        "--from-beginning",
                        "--max-messages",
                        "1200",
                        "--timeout-ms",
                        "20000",
                        "--property",
                        "print.key=true")
                .run()
                .expectSuccess();
        Map<String, Integer> recordsPerKey = new HashMap<>();
        read.lines().forEach(line -> recordsPerKey.merge(line.split("\t")[0], 1, Integer::sum));
        assertThat(recordsPerKey).hasSize(12).containsValue(100);
        assertThat(recordsPerKey.values()).containsOnly(100);
    }
}
