package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java clients of every age use transactions, side by side on one broker. */
class TransactionsTest {
    private static final List<String> RELEASES =
            List.of("0.11.0.3", "1.1.1", "2.1.1", "2.4.1", "2.8.2", "3.9.2", "4.3.1", "4.4.0");

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

    @Test
    @Acceptance(53)
    void transactionsAreAllOrNothingForClientsOfEveryAge() {
        Map<String, Program.Running> all = new TreeMap<>();
        RELEASES.forEach(release -> all.put(
                release,
                scenario(release, "TransactionScenario", broker.address(), "tx-" + release)
                        .start()));
        all.forEach((release, running) -> assertThat(
                        running.await(120).expectSuccess().lines())
                .as(release)
                .containsExactly(
                        "ok commit",
                        "ok abort",
                        "ok mixed",
                        "ok open",
                        "ok offsets",
                        "ok fencing",
                        "ok empty",
                        "done"));
        assertThat(broker.log()).doesNotContain("Exception");
    }

    static Program scenario(String release, String name, String... arguments) {
        String classPath = Home.scenarios() + File.pathSeparator + Home.classPath("clients-" + release);
        return Program.java(classPath, "io.barnabas.scenario." + name, arguments);
    }
}
