package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log directories with transactions that real Apache brokers wrote and left: committed, aborted, open and hanging ones.
 * Consumers of committed records get exactly what is decided, and what is open can be ended here. Takes a minute for each
 * release, so that it is no part of the tests: {@code ./barnabas chaos --apache-directories}.
 */
class LeftTransactionsCheck {
    private static final String RELEASES = System.getProperty("barnabas.left.by", "3.9.2");

    /** Where the directories are kept, packed, as they were left; none by default. */
    private static final String KEEP = System.getProperty("barnabas.left.keep");

    private static final String TOPIC = "left";
    private static final int ROUNDS = 12;

    @TempDir
    Path directory;

    static Stream<String> releases() {
        return Arrays.stream(RELEASES.split(","));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatAnApacheBrokerLeftOpenStaysHiddenUntilItIsEndedHere(String release) throws IOException {
        Path own = directory.resolve("apache");
        Path logs = directory.resolve("logs");
        if (release.startsWith("4")) {
            long hanging = leave(release, ApacheKafka.alone("tools-" + release, own, logs));
            serve(BrokerProcess.in(directory).with("barnabas.adopt", "true"), hanging);
            return;
        }
        try (ApacheZooKeeper zooKeeper = new ApacheZooKeeper(own).start()) {
            String classPath = (release.startsWith("3") ? "tools-" : "kafka-") + release;
            ApacheKafka apache = ApacheKafka.beside(classPath, zooKeeper, own, logs)
                    .with("zookeeper.session.timeout.ms", "6000")
                    .with("log.segment.bytes", "2000");
            long hanging = leave(release, apache);
            serve(BrokerProcess.in(directory).with("zookeeper.connect", zooKeeper.address()), hanging);
        }
    }

    /** Gives the offset of the record that hangs. */
    private long leave(String release, ApacheKafka broker) throws IOException {
        try (ApacheKafka apache = broker.with("offsets.topic.num.partitions", "1")
                .with("transaction.state.log.num.partitions", "1")
                .with("transaction.partition.verification.enable", "false")
                .with("log.index.size.max.bytes", "4096")
                .start()) {
            run(apache, release, "begin");
            long hanging = HangingTransaction.write(apache, TOPIC, 2, "hanging");
            run(apache, release, "later");
            // Nothing is in order then, and all has to be found out from the records.
            apache.kill();
            keep(release);
            return hanging;
        }
    }

    private void keep(String release) throws IOException {
        if (KEEP != null) {
            Program.of(
                            "sh",
                            "-c",
                            "cd '" + directory.resolve("logs") + "' && zip -q -X -r -9 '" + KEEP + "/apache-" + release
                                    + ".zip' . -x '*.lock' '__cluster_metadata-0/*'")
                    .run()
                    .expectSuccess();
        }
    }

    private static void serve(BrokerProcess heir, long hanging) {
        try (BrokerProcess broker = heir.start()) {
            for (String reader : List.of("0.11.0.3", "3.9.2")) {
                assertThat(read(broker, reader)).containsExactlyInAnyOrderElementsOf(committed("0 later-0"));
            }
            // Newer clients would wait until it is known what becomes of the open transaction's offset.
            assertThat(run(broker, "0.11.0.3", "position")).containsExactly(Integer.toString(ROUNDS - 2));

            run(broker, "3.9.2", "resume");
            assertThat(read(broker, "3.9.2"))
                    .containsExactlyInAnyOrderElementsOf(committed("0 later-0", "1 later-0", "1 again-0"));
            assertThat(run(broker, "3.9.2", "position")).containsExactly(Integer.toString(ROUNDS - 2));

            new Tools("3.9.2", broker)
                    .transactions(
                            "abort", "--topic", TOPIC, "--partition", "2", "--start-offset", Long.toString(hanging))
                    .run()
                    .expectSuccess();
            assertThat(read(broker, "0.11.0.3"))
                    .containsExactlyInAnyOrderElementsOf(committed("0 later-0", "1 later-0", "1 again-0", "2 later-0"));
        }
    }

    private static List<String> read(BrokerAddress broker, String release) {
        return run(broker, release, "read");
    }

    private static List<String> run(BrokerAddress broker, String release, String what) {
        return TransactionsTest.scenario(release, "TransactionsLeftScenario", broker.address(), what)
                .run()
                .expectSuccess()
                .lines();
    }

    /** What was committed before anything was left open, and more. */
    private static List<String> committed(String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        for (int partition = 0; partition < 3; partition++) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    lines.add(partition + " yes-one-" + round);
                }
                if (round % 3 == 0) {
                    lines.add(partition + " yes-two-" + round);
                }
            }
        }
        return lines;
    }
}
