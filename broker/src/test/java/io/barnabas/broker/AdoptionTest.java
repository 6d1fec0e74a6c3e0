package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose log directories are filled and whose ZooKeeper is empty. */
@Timeout(60)
class AdoptionTest {
    private static final Map<String, String> ADOPT = Map.of("barnabas.adopt", "true");
    private static final TopicPartition PARTITION = new TopicPartition("kept", 1);

    @TempDir
    Path data;

    @Test
    @Acceptance(21)
    void saysWhatItFoundAndLeavesZooKeeperWithoutAnId() throws Exception {
        fill();
        loseZooKeeper();

        for (int tries = 0; tries < 2; tries++) {
            assertThatThrownBy(() -> startAndStop(Map.of()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("1 topic (kept) with 2 partitions of cluster " + clusterId())
                    .hasMessageContaining("start with --adopt");
        }
    }

    @Test
    void servesTheDataWhereTheyLieWhenToldTo() throws Exception {
        Uuid idBefore = fill();
        String clusterBefore = clusterId();
        loseZooKeeper();

        try (BrokerServer broker = BrokerFixture.started(data, ADOPT);
                Admin admin = admin(broker)) {
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterBefore);
            assertThat(read(broker)).containsExactly("one", "two");
            var topic =
                    admin.describeTopics(List.of("kept")).allTopicNames().get().get("kept");
            assertThat(topic.topicId()).isEqualTo(idBefore);
            assertThat(topic.partitions()).hasSize(2);
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, "kept");
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("retention.ms").value()).isEqualTo("-1");
            produce(broker, "three");
        }
        assertThat(epochs()).containsExactly("0 0", "1 2");
        try (BrokerServer broker = BrokerFixture.started(data, Map.of())) {
            assertThat(read(broker)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void saysWhichClusterTheDataBelongToWhenZooKeeperHasAnother() throws Exception {
        fill();
        Path file = data.resolve("logs/meta.properties");
        Files.writeString(
                file, Files.readString(file).replaceAll("cluster.id=.*", "cluster.id=AnotherClusterOfMine00"));

        assertThatThrownBy(() -> startAndStop(ADOPT))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("says cluster.id=AnotherClusterOfMine00")
                .hasMessageContaining("write cluster.id=")
                .hasMessageContaining("point zookeeper.connect");
    }

    @Test
    void saysWhatLiesThereThatZooKeeperDoesNotKnowAndServesTheRest() throws Exception {
        fill();
        copyPartition("kept-0", "stray-0");
        Files.delete(data.resolve("logs/stray-0/partition.metadata"));

        try (BrokerServer broker = BrokerFixture.started(data, Map.of());
                Admin admin = admin(broker)) {
            assertThat(admin.listTopics().names().get()).containsExactly("kept");
        }
        try (BrokerServer broker = BrokerFixture.started(data, ADOPT);
                Admin admin = admin(broker)) {
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("kept", "stray");
        }
    }

    @Test
    void refusesADirectoryOfAKraftNodeUntilToldToTakeIt() throws Exception {
        fill();
        loseZooKeeper();
        String kraft = "version=1\nnode.id=" + BrokerFixture.BROKER_ID + "\ncluster.id=" + clusterId() + "\n";
        Files.writeString(data.resolve("logs/meta.properties"), kraft);

        assertThatThrownBy(() -> startAndStop(Map.of())).hasMessageContaining("--adopt");
        try (BrokerServer broker = BrokerFixture.started(data, ADOPT)) {
            assertThat(read(broker)).containsExactly("one", "two");
        }
        try (BrokerServer broker = BrokerFixture.started(data, Map.of())) {
            assertThat(read(broker)).containsExactly("one", "two");
        }
        assertThat(data.resolve("logs/meta.properties")).hasContent(kraft);
    }

    /** A topic with two records in its second partition; answers with its id. */
    private Uuid fill() throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of());
                Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("kept", 2, (short) 1)))
                    .all()
                    .get();
            produce(broker, "one");
            produce(broker, "two");
            return admin.describeTopics(List.of("kept"))
                    .allTopicNames()
                    .get()
                    .get("kept")
                    .topicId();
        }
    }

    private void startAndStop(Map<String, String> settings) throws Exception {
        try (BrokerServer broker = new BrokerServer(BrokerFixture.config(data, settings))) {
            broker.start();
        }
    }

    private void loseZooKeeper() throws Exception {
        Disk.local().deleteRecursively(data.resolve("zookeeper"));
    }

    private void copyPartition(String from, String to) throws Exception {
        Path target = Files.createDirectory(data.resolve("logs").resolve(to));
        try (Stream<Path> files = Files.list(data.resolve("logs").resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    private String clusterId() throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(data.resolve("logs/meta.properties"))) {
            properties.load(in);
        }
        return properties.getProperty("cluster.id");
    }

    private List<String> epochs() throws Exception {
        List<String> lines = Files.readAllLines(data.resolve("logs/kept-1/leader-epoch-checkpoint"));
        return lines.subList(2, lines.size());
    }

    private static Admin admin(BrokerServer broker) {
        return Admin.create(Map.of("bootstrap.servers", BrokerFixture.address(broker)));
    }

    private static void produce(BrokerServer broker, String value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", BrokerFixture.address(broker));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", 1, null, value));
        }
    }

    private static List<String> read(BrokerServer broker) {
        Map<String, Object> settings = Map.of("bootstrap.servers", BrokerFixture.address(broker));
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofSeconds(5)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
