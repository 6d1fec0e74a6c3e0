package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many producers and consumers at once, with the newest client. */
class ManyClientsTest {
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
    @Acceptance({154, 158})
    void sixteenProducersAndSixteenConsumersExchangeEachRecordOnce() throws Exception {
        create("many", 20);
        int producers = 16;
        int each = 2_000;
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger read = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            int producer = i;
            running.add(threads.submit(() -> produce("many", producer + "-", each)));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        for (int i = 0; i < 16; i++) {
            running.add(threads.submit(() -> {
                try (KafkaConsumer<String, String> consumer = consumer("many-readers")) {
                    consumer.subscribe(List.of("many"));
                    while (read.get() < producers * each && System.nanoTime() < end) {
                        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                            if (seen.add(record.value())) {
                                read.incrementAndGet();
                            }
                        });
                    }
                }
            }));
        }
        for (Future<?> future : running) {
            future.get(120, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(seen).hasSize(producers * each);
    }

    @Test
    @Acceptance(78)
    void aBacklogDrainsIntoOneMemberAndIntoTwo() throws Exception {
        create("backlog", 4);
        produce("backlog", "", 40_000);
        for (int members = 1; members <= 2; members++) {
            assertThat(drain("backlog-" + members, members)).hasSize(40_000);
        }
    }

    private static Set<String> drain(String group, int members) throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int i = 0; i < members; i++) {
            running.add(threads.submit(() -> {
                try (KafkaConsumer<String, String> consumer = consumer(group)) {
                    consumer.subscribe(List.of("backlog"));
                    while (seen.size() < 40_000 && System.nanoTime() < end) {
                        consumer.poll(Duration.ofMillis(100)).forEach(record -> seen.add(record.value()));
                    }
                }
            }));
        }
        for (Future<?> future : running) {
            future.get(90, TimeUnit.SECONDS);
        }
        threads.shutdown();
        return seen;
    }

    @Test
    @Acceptance({37, 46})
    void onePartitionKeepsTheProducersOrderUnderLoad() throws Exception {
        create("ordered", 1);
        produce("ordered", "", 50_000);
        try (KafkaConsumer<String, String> consumer = consumer(null)) {
            consumer.assign(List.of(new TopicPartition("ordered", 0)));
            consumer.seekToBeginning(consumer.assignment());
            int expected = 0;
            while (expected < 50_000) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(10))) {
                    assertThat(record.offset()).isEqualTo(expected);
                    assertThat(record.value()).isEqualTo(Integer.toString(expected++));
                }
            }
        }
    }

    @Test
    @Acceptance({40, 41})
    void recordsWithoutKeyUseAllPartitionsAndAnOwnPartitionerDecides() throws Exception {
        create("spread", 6);
        Map<String, Object> settings = settings();
        settings.put("batch.size", 1_000);
        Map<Integer, Integer> records = new ConcurrentHashMap<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 5_000; i++) {
                producer.send(
                        new ProducerRecord<>("spread", "value " + i),
                        (metadata, error) -> records.merge(metadata.partition(), 1, Integer::sum));
            }
        }
        assertThat(records).hasSize(6);

        settings.put("partitioner.class", AlwaysFour.class.getName());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>("spread", "value"))
                            .get()
                            .partition())
                    .isEqualTo(4);
        }
    }

    private static void produce(String topic, String prefix, int count) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, prefix + i));
            }
        }
    }

    private static KafkaConsumer<String, String> consumer(String group) {
        Map<String, Object> settings = settings();
        settings.put("auto.offset.reset", "earliest");
        if (group != null) {
            settings.put("group.id", group);
        }
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of("bootstrap.servers", broker.address()));
    }

    private static void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }
}
