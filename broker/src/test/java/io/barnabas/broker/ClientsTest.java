package io.barnabas.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.broker.net.RawConnection;
import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseBroker;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest Java client against a whole broker. */
@Timeout(60)
class ClientsTest {
    private static final Duration POLL = Duration.ofSeconds(5);

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void recordsComeBackAsTheyWereSent(String codec) throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of())) {
            produce(broker, codec, 100);

            List<ConsumerRecord<String, String>> records = consume(broker, "g", 100);

            for (int i = 0; i < 100; i++) {
                ConsumerRecord<String, String> record = records.get(i);
                assertThat(record.offset()).isEqualTo(i);
                assertThat(record.key()).isEqualTo("key " + i);
                assertThat(record.value()).isEqualTo("value " + i);
                assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L + i);
                assertThat(record.headers().lastHeader("h").value()).isEqualTo(("h" + i).getBytes(UTF_8));
            }
        }
    }

    @Test
    @Acceptance(82)
    void groupsGoOnWhereTheyWereAfterARestart() throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of())) {
            produce(broker, "none", 10);
            assertThat(consume(broker, "g", 10)).hasSize(10);
        }
        try (BrokerServer broker = BrokerFixture.started(data, Map.of())) {
            produce(broker, "none", 5);

            List<ConsumerRecord<String, String>> records = consume(broker, "g", 5);

            assertThat(records).extracting(ConsumerRecord::offset).containsExactly(10L, 11L, 12L, 13L, 14L);
        }
    }

    @Test
    void topicsAreMadeWidenedConfiguredAndDeleted() throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of());
                Admin admin = Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BrokerFixture.address(broker)))) {
            admin.createTopics(List.of(new NewTopic("t", 2, (short) 1))).all().get();
            assertThat(admin.listTopics().names().get()).containsExactly("t");
            assertThat(admin.describeTopics(Set.of("t"))
                            .allTopicNames()
                            .get()
                            .get("t")
                            .partitions())
                    .hasSize(2);

            admin.deleteTopics(List.of("t")).all().get();

            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    @Test
    @Acceptance(17)
    void answersNameTheAddressByWhichTheCallerCame() throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of("listeners", "PLAINTEXT://:0"))) {
            int port = broker.boundListeners().get(0).port();
            for (String host : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
                try (Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, host + ":" + port))) {
                    assertThat(admin.describeCluster().nodes().get())
                            .extracting(Node::host)
                            .containsExactly(host);
                }
            }
        }
    }

    @Test
    @Acceptance(3)
    void clientsConnectThroughTheConfiguredAddressAndNotThroughOthers() throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of("listeners", "PLAINTEXT://127.0.0.2:0"))) {
            int port = broker.boundListeners().get(0).port();
            new Socket("127.0.0.2", port).close();

            assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    @Acceptance(16)
    void answersNameTheAdvertisedAddressWhereOneIsSet() throws Exception {
        Map<String, String> advertised = Map.of("advertised.listeners", "PLAINTEXT://127.0.0.5:4711");
        try (BrokerServer broker = BrokerFixture.started(data, advertised);
                RawConnection client =
                        new RawConnection(broker.boundListeners().get(0).port())) {
            client.send(1, (short) 1, new MetadataRequest().topics(List.of()));

            MetadataResponse answer = (MetadataResponse) client.receive(ApiKey.METADATA, (short) 1);

            assertThat(answer.brokers())
                    .extracting(MetadataResponseBroker::host, MetadataResponseBroker::port)
                    .containsExactly(tuple("127.0.0.5", 4711));
        }
    }

    private static void produce(BrokerServer broker, String codec, int count) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", BrokerFixture.address(broker), "compression.type", codec, "linger.ms", 5);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                var record = new ProducerRecord<>("t", 0, 1_700_000_000_000L + i, "key " + i, "value " + i);
                record.headers().add(new RecordHeader("h", ("h" + i).getBytes(UTF_8)));
                producer.send(record);
            }
            producer.flush();
        }
    }

    private static List<ConsumerRecord<String, String>> consume(BrokerServer broker, String group, int count) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                BrokerFixture.address(broker),
                "group.id",
                group,
                "auto.offset.reset",
                "earliest"));
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("t"));
            while (records.size() < count) {
                var polled = consumer.poll(POLL);
                assertThat(polled)
                        .as("after %s of %s records", records.size(), count)
                        .isNotEmpty();
                polled.forEach(records::add);
            }
            consumer.commitSync();
        }
        return records;
    }
}
