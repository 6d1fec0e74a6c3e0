package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.barnabas.testkit.Acceptance;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumers and tools of the years before record batches read what new and old producers wrote. */
class OldClientsTest {
    private static final int EACH = 300;
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4");
    private static final int COUNT = EACH * CODECS.size();
    private static final long FIRST_TIME = System.currentTimeMillis() - 1_000_000;

    @TempDir
    static Path directory;

    private static BrokerProcess broker;
    private static String zooKeeper;

    @BeforeAll
    static void start() throws Exception {
        int port = Ports.free();
        zooKeeper = "127.0.0.1:" + port;
        broker = BrokerProcess.in(directory)
                .with("barnabas.zookeeper.port", Integer.toString(port))
                .start();
        create("new-records");
        for (String codec : CODECS) {
            produce("new-records", codec, EACH, CODECS.indexOf(codec) * EACH);
        }
        create("old-records");
        run("clients-0.8.2.2", "OldProducerScenario", "old-records").expectSuccess();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"0.9.0.1", "0.10.0.1", "0.10.2.2"})
    @Acceptance({18, 102})
    void anOldConsumerReadsWhatTheNewestProducerWroteWithEveryCodec(String release) {
        List<String> lines = read(release, "new-records", "group-of-" + release);
        assertThat(lines).containsExactlyElementsOf(expected(release.startsWith("0.9")));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"0.9.0.1", "0.10.0.1", "0.10.2.2"})
    @Acceptance(102)
    void anOldConsumerReadsInSmallPortions(String release) {
        List<String> lines =
                read(release, "new-records", "portions-of-" + release, "max.partition.fetch.bytes", "20000");
        assertThat(lines).containsExactlyElementsOf(expected(release.startsWith("0.9")));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"0.9.0.1", "0.10.0.1", "0.10.2.2", "0.11.0.3", "2.1.1", "4.4.0"})
    @Acceptance(102)
    void consumersOfEveryAgeReadWhatTheOldestProducerWrote(String release) {
        List<String> lines = read(release, "old-records", "old-of-" + release);
        assertThat(lines).hasSize(COUNT + 3).contains("committed " + COUNT).endsWith("done");
        Map<String, Integer> next = new HashMap<>();
        for (String line : lines.stream().filter(line -> line.contains("\t")).toList()) {
            String[] parts = line.split("\t");
            assertThat(parts[2]).isEqualTo("v" + (next.merge(parts[1], 1, Integer::sum) - 1));
            assertThat(parts[3]).as("messages of format 0 have no time").isIn("-", "-1");
        }
        assertThat(next)
                .hasSize(12)
                .allSatisfy((key, count) -> assertThat(count).isEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.9.0.1", "0.10.2.2"})
    void anOldConsumerThatAsksForMuchAtOnceCostsTheBrokerLittle(String release) throws Exception {
        try (BrokerProcess small = BrokerProcess.in(directory.resolve("small-" + release))
                .jvm("-Xmx64m")
                .jvm("-XX:MaxDirectMemorySize=32m")
                .start()) {
            new Tools("3.9.2", small)
                    .producerPerformance(
                            "--topic",
                            "large",
                            "--num-records",
                            "120000",
                            "--record-size",
                            "1000",
                            "--throughput",
                            "-1")
                    .run()
                    .expectSuccess();
            Program.Result result = run(
                    small,
                    "clients-" + release,
                    "OldConsumerScenario",
                    "large",
                    "heavy-readers",
                    "120000",
                    "max.partition.fetch.bytes",
                    "50000000");
            assertThat(result.expectSuccess().lines()).hasSize(120_003).endsWith("done");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance(102)
    void theConsoleConsumerOf010ReadsWithItsNewConsumer() {
        Program.Result result = new Tools("0.10.0.1", broker)
                .consoleConsumer(
                        "--new-consumer",
                        "--topic",
                        "new-records",
                        "--from-beginning",
                        "--max-messages",
                        Integer.toString(COUNT),
                        "--timeout-ms",
                        "30000")
                .run()
                .expectSuccess();
        assertThat(result.lines()).containsExactlyElementsOf(values());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Acceptance({18, 58, 102})
    void theConsoleConsumerOf010ReadsThroughZooKeeperAndLeavesItsOffsetsThere() throws Exception {
        Path config = Files.writeString(directory.resolve("old.properties"), "group.id=readers-of-old\n");
        Tools tools = new Tools("0.10.0.1", broker);
        Program.Running reading = tools.plain(
                        "kafka.tools.ConsoleConsumer",
                        "--zookeeper",
                        zooKeeper,
                        "--topic",
                        "new-records",
                        "--from-beginning",
                        "--consumer.config",
                        config.toString(),
                        "--property",
                        "print.key=true")
                .start();
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> reading.outSoFar().lines().count() == COUNT);
        assertThat(children("/consumers/readers-of-old/ids")).hasSize(1);
        assertThat(children("/consumers/readers-of-old/owners/new-records")).containsExactly("0");
        Program.Result result = reading.stop();
        assertThat(result.lines().stream().map(line -> line.split("\t")[1])).containsExactlyElementsOf(values());
        assertThat(znode("/consumers/readers-of-old/offsets/new-records/0")).isEqualTo(Integer.toString(COUNT));
    }

    /** What the scenario prints: the first half, a commit, the second half, another one. */
    private static List<String> expected(boolean withoutTimes) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String codec = CODECS.get(i / EACH);
            lines.add(i + "\t" + codec + "\t" + value(i) + "\t" + (withoutTimes ? "-" : FIRST_TIME + i));
            if (i + 1 == COUNT / 2) {
                lines.add("committed " + COUNT / 2);
            }
        }
        lines.add("committed " + COUNT);
        lines.add("done");
        return lines;
    }

    private static List<String> values() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            values.add(value(i));
        }
        return values;
    }

    private static String value(int i) {
        return "letter " + i + " to the castle, and then another one";
    }

    private static List<String> read(String release, String topic, String group, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(topic, group, Integer.toString(COUNT)));
        arguments.addAll(List.of(settings));
        return run("clients-" + release, "OldConsumerScenario", arguments.toArray(String[]::new))
                .expectSuccess()
                .lines();
    }

    private static List<String> children(String path) throws Exception {
        try (ZooKeeper client = new ZooKeeper(zooKeeper, 10_000, event -> {})) {
            return client.getChildren(path, false);
        }
    }

    private static String znode(String path) throws Exception {
        try (ZooKeeper client = new ZooKeeper(zooKeeper, 10_000, event -> {})) {
            return new String(client.getData(path, false, null), StandardCharsets.UTF_8);
        }
    }

    private static Program.Result run(String release, String scenario, String... arguments) {
        return run(broker, release, scenario, arguments);
    }

    private static Program.Result run(BrokerAddress broker, String release, String scenario, String... arguments) {
        String classPath = Home.scenarios() + File.pathSeparator + Home.classPath(release);
        List<String> all = new ArrayList<>(List.of(broker.address()));
        all.addAll(List.of(arguments));
        return Program.java(classPath, "io.barnabas.scenario." + scenario, all.toArray(String[]::new))
                .run();
    }

    private static void create(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    /** Batches of some records, each with headers, of which old readers hear nothing. */
    private static void produce(String topic, String codec, int count, int from) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers", broker.address(), "compression.type", codec, "linger.ms", 5, "batch.size", 8_000));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < from + count; i++) {
                ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, FIRST_TIME + i, codec, value(i));
                record.headers().add("sender", "Barnabas".getBytes(StandardCharsets.UTF_8));
                producer.send(record);
            }
        }
    }
}
