package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The groups tool of three releases lists, describes, resets and deletes groups. */
class GroupToolTest {
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
    @Acceptance({79, 80})
    void aGroupIsShownWhileItRunsAndAfter(String release) {
        Tools tools = new Tools(release, broker);
        String topic = "grouped-" + release;
        String group = "msb-" + release;
        tools.consoleProducer("--topic", topic).withInput("a\nb\nc\n").run().expectSuccess();

        Program.Running consumer = tools.consoleConsumer("--topic", topic, "--group", group, "--from-beginning")
                .start();
        try {
            Awaitility.await("three records")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> consumer.outSoFar().lines().count() == 3);
            assertThat(tools.groups("--list").run().expectSuccess().lines()).contains(group);
            Awaitility.await("committed offset")
                    .atMost(30, TimeUnit.SECONDS)
                    .pollInterval(1, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(describe(tools, group).replaceAll("\\s+", " "))
                            .containsPattern(topic + " 0 3 3 0 \\S+ /127.0.0.1 \\S+"));
        } finally {
            consumer.stop();
        }

        assertThat(describe(tools, group).replaceAll("\\s+", " ")).contains(topic + " 0 3 3 0 - - -");
        tools.groups("--group", group, "--topic", topic, "--reset-offsets", "--to-earliest", "--execute")
                .run()
                .expectSuccess();
        assertThat(describe(tools, group).replaceAll("\\s+", " ")).contains(topic + " 0 0 3 3 - - -");
        tools.groups("--delete", "--group", group).run().expectSuccess();
        assertThat(tools.groups("--list").run().expectSuccess().lines()).doesNotContain(group);
    }

    private static String describe(Tools tools, String group) {
        return tools.groups("--describe", "--group", group)
                .run()
                .expectSuccess()
                .out();
    }
}
