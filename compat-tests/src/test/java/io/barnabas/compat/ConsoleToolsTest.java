package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines typed into the console producer come out of the console consumer, whatever their releases. */
class ConsoleToolsTest {
    private static final String LINES =
            IntStream.range(0, 50).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    private static final List<String> EXPECTED = LINES.lines().toList();

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
    @ValueSource(strings = {"0.10.0.1", "2.1.0", "3.9.2", "4.3.1"})
    @Acceptance({18, 36, 38, 39, 57, 63})
    void linesArriveInOrderAtTwoGroups(String release) {
        String topic = "console-" + release;
        new Tools(release, broker)
                .consoleProducer("--topic", topic)
                .withInput(LINES)
                .run()
                .expectSuccess();

        for (String reader : List.of("2.1.0", "3.9.2", "4.3.1")) {
            Program.Result read = new Tools(reader, broker)
                    .consoleConsumer(
                            "--topic",
                            topic,
                            "--group",
                            topic + "-" + reader,
                            "--from-beginning",
                            "--max-messages",
                            "50",
                            "--timeout-ms",
                            "20000")
                    .run()
                    .expectSuccess();
            assertThat(read.lines()).isEqualTo(EXPECTED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance({59, 96})
    void aConsumerWithoutGroupStartsAtTheEndUnlessToldOtherwise() {
        Tools tools = new Tools("3.9.2", broker);
        tools.consoleProducer("--topic", "end").withInput("before\n").run().expectSuccess();
        Program.Result fromEnd =
                tools.consoleConsumer("--topic", "end", "--timeout-ms", "3000").run();
        assertThat(fromEnd.out()).isEmpty();
        for (int reading = 0; reading < 2; reading++) {
            Program.Result fromBeginning = tools.consoleConsumer(
                            "--topic", "end", "--from-beginning", "--timeout-ms", "10000", "--max-messages", "1")
                    .run()
                    .expectSuccess();
            assertThat(fromBeginning.lines()).containsExactly("before");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance({42, 157})
    void keyHeadersTimestampAndPartitionAreShown() {
        Tools tools = new Tools("3.9.2", broker);
        tools.topics("--create", "--topic", "parts", "--partitions", "1").run().expectSuccess();
        tools.consoleProducer(
                        "--topic",
                        "parts",
                        "--property",
                        "parse.key=true",
                        "--property",
                        "parse.headers=true",
                        "--property",
                        "key.separator=:",
                        "--property",
                        "headers.delimiter=|")
                .withInput("colour:red|the key:the value\n")
                .run()
                .expectSuccess();
        Program.Result read = tools.consoleConsumer(
                        "--topic",
                        "parts",
                        "--from-beginning",
                        "--max-messages",
                        "1",
                        "--timeout-ms",
                        "10000",
                        "--property",
                        "print.key=true",
                        "--property",
                        "print.headers=true",
                        "--property",
                        "print.timestamp=true",
                        "--property",
                        "print.partition=true",
                        "--property",
                        "print.offset=true")
                .run()
                .expectSuccess();
        assertThat(read.out().strip())
                .matches("CreateTime:\\d{13}\\tPartition:0\\tOffset:0\\tcolour:red\\tthe key\\tthe value");
    }
}
