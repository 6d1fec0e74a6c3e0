package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log directories that real Apache brokers wrote and left, taken over without their ZooKeeper or controller. */
class AdoptionTest {
    private static final String KRAFT_CLUSTER = "AdoptedFromKraft-00001";

    private static final String LINES =
            Stream.iterate(1, i -> i + 1).limit(200).map(i -> "line " + i).reduce("", (all, line) -> all + line + "\n");

    @TempDir
    Path directory;

    @Test
    @Acceptance(value = 21, beyond = 6)
    void aBrokersDirectoryIsServedAfterItsZooKeeperIsLost() throws IOException {
        Path logs = directory.resolve("logs");
        try (ApacheKafka apache = new ApacheKafka(directory.resolve("apache"), logs)
                .with("offsets.topic.num.partitions", "3")
                .start()) {
            fill(new Tools("3.9.2", apache));
        }

        String refused = startAndFail(0);
        assertThat(refused).contains("start with --adopt", "5 partitions");

        try (BrokerProcess broker = broker(0).with("barnabas.adopt", "true").start()) {
            Tools tools = new Tools("3.9.2", broker);
            readsOn(tools);
            assertThat(describe(tools, "orders")).contains("PartitionCount: 2", "retention.ms=-1");
            assertThat(describe(tools, "__consumer_offsets")).contains("cleanup.policy=compact");
            broker.stop();
        }
    }

    @Test
    @Acceptance(value = 21, beyond = 6)
    void aKilledKraftNodesDirectoryIsServedWithItsTopicsIdsAndSettingsAndGoesBack() throws IOException {
        Path logs = directory.resolve("logs");
        String idBefore;
        try (ApacheKraft apache = kraftNode(logs).start()) {
            Tools tools = new Tools("4.3.1", apache);
            fill(tools);
            tools.topics("--create", "--topic", "gone").run().expectSuccess();
            tools.topics("--delete", "--topic", "gone").run().expectSuccess();
            idBefore = topicId(describe(tools, "orders"));
            apache.kill();
        }
        String metaBefore = Files.readString(logs.resolve("meta.properties"));

        assertThat(startAndFail(4)).contains("start with --adopt", "of cluster " + KRAFT_CLUSTER);

        try (BrokerProcess broker = broker(4).with("barnabas.adopt", "true").start()) {
            Tools tools = new Tools("4.3.1", broker);
            readsOn(tools);
            String orders = describe(tools, "orders");
            assertThat(topicId(orders)).isEqualTo(idBefore);
            assertThat(orders)
                    .contains("PartitionCount: 2", "segment.bytes=1048576")
                    .doesNotContain("retention.ms=-1");
            assertThat(tools.topics("--list").run().expectSuccess().lines())
                    .containsExactly("__consumer_offsets", "orders");
            // A leader keeps its epoch over any end of its own, so that the node finds none that it did not give.
            broker.kill();
            broker.start();
            broker.stop();
            broker.start();
            tools.consoleProducer("--topic", "orders")
                    .withInput("two more\n")
                    .run()
                    .expectSuccess();
            assertThat(next(tools)).containsExactly("two more");
            tools.topics("--create", "--topic", "made-meanwhile").run().expectSuccess();
            broker.stop();
        }
        // So the KRaft node can go back to its directory, and finds what was written meanwhile.
        assertThat(logs.resolve("meta.properties")).hasContent(metaBefore);
        try (ApacheKraft apache = kraftNode(logs).start()) {
            Tools tools = new Tools("4.3.1", apache);
            assertThat(everything(tools, 202)).contains("line 1", "line 200", "one more", "two more");
            // By a producer whose id was not given meanwhile, so that nobody takes this for a repetition.
            tools.consoleProducer("--topic", "orders")
                    .withInput("at home\n")
                    .run()
                    .expectSuccess();
            assertThat(next(tools)).containsExactly("at home");
            assertThat(apache.log()).doesNotContain("caused truncation of conflicting entries");
            assertThat(logs.toFile().list()).anyMatch(name -> name.matches("made-meanwhile-0\\.\\w+-stray"));
        }
    }

    private ApacheKraft kraftNode(Path logs) {
        return new ApacheKraft(directory.resolve("apache"), KRAFT_CLUSTER)
                .withStaticQuorum()
                .with(Map.of(
                        "node.id",
                        "4",
                        "log.dirs",
                        logs.toString(),
                        "offsets.topic.num.partitions",
                        "3",
                        "offsets.topic.replication.factor",
                        "1",
                        "transaction.state.log.replication.factor",
                        "1",
                        "transaction.state.log.min.isr",
                        "1",
                        "group.initial.rebalance.delay.ms",
                        "0"));
    }

    private static void fill(Tools tools) {
        tools.topics("--create", "--topic", "orders", "--partitions", "2", "--config", "segment.bytes=1048576")
                .run()
                .expectSuccess();
        tools.consoleProducer("--topic", "orders").withInput(LINES).run().expectSuccess();
        tools.consoleConsumer("--topic", "orders", "--group", "readers", "--from-beginning", "--max-messages", "200")
                .run()
                .expectSuccess();
    }

    /** All lines are there, and the group goes on where it was. */
    private static void readsOn(Tools tools) {
        assertThat(everything(tools, 200))
                .containsExactlyInAnyOrderElementsOf(LINES.lines().toList());
        tools.consoleProducer("--topic", "orders").withInput("one more\n").run().expectSuccess();
        assertThat(next(tools)).containsExactly("one more");
    }

    private static List<String> everything(Tools tools, int count) {
        return tools.consoleConsumer(
                        "--topic",
                        "orders",
                        "--from-beginning",
                        "--max-messages",
                        Integer.toString(count),
                        "--timeout-ms",
                        "20000")
                .run()
                .expectSuccess()
                .lines();
    }

    /** What comes behind that which the group has read. */
    private static List<String> next(Tools tools) {
        return tools.consoleConsumer(
                        "--topic", "orders", "--group", "readers", "--max-messages", "1", "--timeout-ms", "20000")
                .run()
                .expectSuccess()
                .lines();
    }

    private BrokerProcess broker(int id) {
        return BrokerProcess.in(directory)
                .with("broker.id", Integer.toString(id))
                .with("offsets.topic.replication.factor", "1");
    }

    /** What a broker says that was not told to adopt. */
    private String startAndFail(int id) {
        try (BrokerProcess broker = broker(id)) {
            broker.launch();
            assertThat(broker.awaitEnd()).isNotZero();
            return broker.log();
        }
    }

    private static String describe(Tools tools, String topic) {
        return tools.topics("--describe", "--topic", topic)
                .run()
                .expectSuccess()
                .out();
    }

    private static String topicId(String description) {
        return description.replaceFirst("(?s).*TopicId: (\\S+).*", "$1");
    }
}
