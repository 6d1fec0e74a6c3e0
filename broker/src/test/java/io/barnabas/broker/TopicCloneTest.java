package io.barnabas.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.broker.cli.TopicTool;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./barnabas topic clone} against a broker that serves clients meanwhile. */
@Timeout(60)
class TopicCloneTest {
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    Path data;

    private BrokerServer broker;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerFixture.started(data, Map.of());
        admin = Admin.create(Map.of("bootstrap.servers", BrokerFixture.address(broker)));
        NewTopic orders = new NewTopic("orders", Optional.of(2), Optional.empty())
                .configs(Map.of("segment.bytes", "20000", "retention.ms", "-1"));
        admin.createTopics(List.of(orders)).all().get();
        produce("orders", 0, 200, "order");
        produce("orders", 1, 50, "order");
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    @Acceptance(beyond = 21)
    void bothSidesAreWrittenAndReadOnTheirOwn() throws Exception {
        assertThat(clone("orders", "staging")).isEqualTo("0 Cloned orders as staging, partitions: 2\n");

        produce("orders", 0, 3, "later");
        produce("staging", 0, 2, "staged");
        assertThat(read("staging", 0))
                .hasSize(202)
                .contains("order 199", "staged 1")
                .doesNotContain("later 0");
        assertThat(read("orders", 0)).hasSize(203).contains("later 2").doesNotContain("staged 0");
        assertThat(read("staging", 1)).isEqualTo(read("orders", 1));
        assertThat(config("staging", "segment.bytes")).isEqualTo("20000");
        assertThat(links("staging-0")).isGreaterThan(2);
    }

    @Test
    @Acceptance(beyond = 21)
    void endsAtAnOffsetOrAtATime() throws Exception {
        clone("orders", "early", "--at-offset", "60");
        clone("orders", "young", "--at-time", Long.toString(TIME + 30));
        clone("orders", "written-out", "--at-time", "2023-11-14T22:13:20.040Z");

        assertThat(read("early", 0)).hasSize(60);
        assertThat(read("early", 1)).hasSize(50);
        assertThat(read("young", 0)).hasSize(30);
        assertThat(read("young", 1)).hasSize(30);
        assertThat(read("written-out", 1)).hasSize(40);
    }

    @Test
    @Acceptance(beyond = 21)
    void survivesARestartAndTheDeletionOfItsSource() throws Exception {
        clone("orders", "kept");
        produce("kept", 0, 1, "more");
        admin.deleteTopics(List.of("orders")).all().get();
        stop();
        broker = BrokerFixture.started(data, Map.of());
        admin = Admin.create(Map.of("bootstrap.servers", BrokerFixture.address(broker)));

        assertThat(read("kept", 0)).hasSize(201).contains("order 0", "more 0");
    }

    @Test
    void saysWhyItIsRefused() throws Exception {
        assertThat(clone("nothing", "x")).isEqualTo("1 Not cloned: The topic 'nothing' does not exist.\n");
        assertThat(clone("orders", "orders")).isEqualTo("1 Not cloned: Topic 'orders' already exists.\n");
        assertThat(clone("orders", "a/b")).startsWith("1 Not cloned: ").contains("a/b");
        assertThat(admin.listTopics().names().get()).containsExactly("orders");
    }

    @Test
    void anyClientCanAskForIt() throws Exception {
        NewTopic fork = new NewTopic("fork", Optional.empty(), Optional.empty())
                .configs(Map.of("barnabas.clone.source", "orders", "retention.ms", "99"));

        admin.createTopics(List.of(fork)).all().get();

        assertThat(read("fork", 1)).hasSize(50);
        assertThat(config("fork", "retention.ms")).isEqualTo("99");
        assertThat(config("fork", "segment.bytes")).isEqualTo("20000");
    }

    /** The status, what was printed, and how long it took left out. */
    private String clone(String source, String target, String... options) {
        List<String> words = new ArrayList<>(List.of("clone", source, target));
        words.addAll(List.of(options));
        words.addAll(List.of("--bootstrap-server", BrokerFixture.address(broker)));
        return TopicTool.run(words.toArray(String[]::new)).replaceAll(", in \\d+ ms", "");
    }

    private int links(String partition) throws Exception {
        int shared = 0;
        for (Path file : Disk.local().list(data.resolve("logs").resolve(partition))) {
            shared += file.toString().endsWith(".log") && Disk.local().linkCount(file) > 1 ? 1 : 0;
        }
        return shared;
    }

    private String config(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    private void produce(String topic, int partition, int count, String what) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", BrokerFixture.address(broker), "batch.size", 2_000, "linger.ms", 2);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                String value = what + " " + i;
                ProducerRecord<String, String> record = new ProducerRecord<>(topic, partition, TIME + i, "key", value);
                record.headers().add("filling", " ".repeat(300).getBytes(UTF_8));
                producer.send(record);
            }
        }
    }

    private List<String> read(String topic, int partition) {
        TopicPartition name = new TopicPartition(topic, partition);
        Map<String, Object> settings = Map.of("bootstrap.servers", BrokerFixture.address(broker));
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(name));
            consumer.seekToBeginning(List.of(name));
            long end = consumer.endOffsets(List.of(name)).get(name);
            while (consumer.position(name) < end) {
                consumer.poll(Duration.ofSeconds(5)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
