package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Apache Kafka 3.9.2 takes our directory over, with transactions and groups as they are, and we take it back. */
class HandOverTest {
    private static final TopicPartition TOPIC = new TopicPartition("handed", 0);
    private static final String GROUP = "readers";
    private static final String ID = "handed-over";

    @TempDir
    Path directory;

    private String address;

    @Test
    @Acceptance(53)
    void apacheGoesOnWithOurTransactionsAndGroupsAndWeWithIts() throws Exception {
        BrokerProcess ours = BrokerProcess.in(directory.resolve("ours"));
        address = ours.address();
        try (ApacheKafka apache = new ApacheKafka(directory.resolve("apache"), ours.logDirectory())
                        .with("listeners", "PLAINTEXT://" + address)
                        .startZooKeeper();
                BrokerProcess closed = ours.with("zookeeper.connect", apache.zooKeeperAddress())
                        .start()) {
            scenario("4.4.0", "by-ours");
            leaveOpen("abandoned in ours");
            closed.stop();

            apache.start();
            assertThat(stateOf("by-ours-commit")).isEqualTo(TransactionState.COMPLETE_COMMIT);
            assertThat(stateOf(ID)).isEqualTo(TransactionState.ONGOING);
            assertThat(offsetOf("by-ours-group")).isEqualTo(10);
            try (KafkaProducer<String, String> producer = producer()) {
                begin(producer, "written to Apache");
                finish(producer, 1);
                assertThat(committed()).containsExactly("written to Apache");
                begin(producer, "begun in Apache");
                apache.stop();

                closed.start();
                assertThat(stateOf(ID)).isEqualTo(TransactionState.ONGOING);
                assertThat(offsetOf(GROUP)).isEqualTo(1);
                finish(producer, 2);
                assertThat(committed()).containsExactly("written to Apache", "begun in Apache");
                assertThat(offsetOf(GROUP)).isEqualTo(2);
            }
            scenario("2.1.1", "returned");
        }
    }

    private void leaveOpen(String value) {
        KafkaProducer<String, String> producer = producer();
        begin(producer, value);
        producer.close(Duration.ZERO);
    }

    private void scenario(String release, String prefix) {
        TransactionsTest.scenario(release, "TransactionScenario", address, prefix)
                .run()
                .expectSuccess();
    }

    private static void begin(KafkaProducer<String, String> producer, String value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC.topic(), TOPIC.partition(), null, value));
        producer.flush();
    }

    private void finish(KafkaProducer<String, String> producer, long offset) {
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "group.id", GROUP);
        try (KafkaConsumer<String, String> member =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            producer.sendOffsetsToTransaction(Map.of(TOPIC, new OffsetAndMetadata(offset)), member.groupMetadata());
        }
        producer.commitTransaction();
    }

    private KafkaProducer<String, String> producer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("transactional.id", ID);
        settings.put("transaction.timeout.ms", 300_000);
        settings.put("reconnect.backoff.max.ms", 200);
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private TransactionState stateOf(String transactionalId) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTransactions(List.of(transactionalId))
                    .description(transactionalId)
                    .get()
                    .state();
        }
    }

    private long offsetOf(String group) throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .offset();
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", address));
    }

    private List<String> committed() {
        List<TopicPartition> only = List.of(TOPIC);
        List<String> values = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(only);
            consumer.seekToBeginning(only);
            long end = consumer.endOffsets(only).get(TOPIC);
            while (consumer.position(TOPIC) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
