package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java clients of every age use transactions, side by side on one broker. */
class TransactionsTest {
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
    @ValueSource(strings = {"0.11.0.3", "1.1.1", "2.1.1", "2.8.2", "3.9.2", "4.3.1", "4.4.0"})
    @Acceptance(53)
    void transactionsAreAllOrNothing(String release) {
        Program.Result result = scenario(release, "TransactionScenario", broker.address(), "tx-" + release)
                .run()
                .expectSuccess();
        assertThat(result.lines())
                .containsExactly(
                        "ok commit", "ok abort", "ok mixed", "ok open", "ok offsets", "ok fencing", "ok empty", "done");
        assertThat(broker.log()).doesNotContain("Exception");
    }

    @Test
    void theToolListsAndDescribesTransactions() {
        scenario("3.9.2", "TransactionScenario", broker.address(), "tool").run().expectSuccess();
        Tools tools = new Tools("3.9.2", broker);
        assertThat(tools.transactions("list").run().expectSuccess().out())
                .contains("tool-commit")
                .contains("CompleteCommit");
        assertThat(tools.transactions("describe", "--transactional-id", "tool-offsets")
                        .run()
                        .expectSuccess()
                        .out())
                .contains("CompleteCommit");
        assertThat(tools.transactions("describe-producers", "--topic", "tool-mixed", "--partition", "0")
                        .run()
                        .expectSuccess()
                        .lines())
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void theStockFormatterPrintsTheStateOfTransactions() {
        scenario("3.9.2", "TransactionScenario", broker.address(), "format")
                .run()
                .expectSuccess();
        String printed = new Tools("3.9.2", broker)
                .consoleConsumer(
                        "--topic",
                        "__transaction_state",
                        "--from-beginning",
                        "--timeout-ms",
                        "5000",
                        "--formatter",
                        "org.apache.kafka.tools.consumer.TransactionLogMessageFormatter")
                .run()
                .out();
        assertThat(printed).contains("format-commit");
    }

    static Program scenario(String release, String name, String... arguments) {
        String classPath = Home.scenarios() + File.pathSeparator + Home.classPath("clients-" + release);
        return Program.java(classPath, "io.barnabas.scenario." + name, arguments);
    }
}
