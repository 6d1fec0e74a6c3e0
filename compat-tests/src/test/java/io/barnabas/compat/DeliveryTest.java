package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three ways of delivery: what is lost and what comes twice when consumer and broker are killed in the middle. */
class DeliveryTest {
    private static final String RELEASE = "3.9.2";
    private static final String TOPIC = "numbers";
    private static final List<String> ALL =
            IntStream.range(0, 100).mapToObj(String::valueOf).toList();

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.in(directory).start();
        new Tools(RELEASE, broker)
                .consoleProducer("--topic", TOPIC)
                .withInput(ALL.stream().map(value -> value + "\n").collect(Collectors.joining()))
                .run()
                .expectSuccess();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    @Acceptance({76, 141})
    void atMostOnceLosesWhatWasCommittedAndNotDelivered() throws IOException {
        List<String> delivered = deliver("at-most-once");
        assertThat(delivered)
                .doesNotHaveDuplicates()
                .hasSizeLessThan(ALL.size())
                .endsWith("99");
        assertThat(ALL).containsAll(delivered);
    }

    @Test
    @Acceptance({76, 141})
    void atLeastOnceDeliversTwiceWhatWasNotCommitted() throws IOException {
        List<String> delivered = deliver("at-least-once");
        assertThat(delivered).hasSizeGreaterThan(ALL.size());
        assertThat(delivered.stream().distinct().toList()).isEqualTo(ALL);
    }

    @Test
    @Acceptance({76, 77, 130, 141})
    void exactlyOnceKeepsTheOffsetWithTheOutput() throws IOException {
        List<String> file = deliver("exactly-once");
        assertThat(file.get(0)).isEqualTo("100");
        assertThat(file.subList(1, file.size())).isEqualTo(ALL);
    }

    /** Killed amid a batch, then once more from where it was. */
    private static List<String> deliver(String way) throws IOException {
        Path file = directory.resolve(way);
        assertThat(scenario(way, file, 45).run().exitCode()).isEqualTo(137);
        broker.kill();
        broker.start();
        scenario(way, file, 0).run().expectSuccess();
        return Files.readAllLines(file);
    }

    private static Program scenario(String way, Path file, int diesAfter) {
        return TransactionsTest.scenario(
                RELEASE, "DeliveryScenario", broker.address(), way, TOPIC, file.toString(), String.valueOf(diesAfter));
    }
}
