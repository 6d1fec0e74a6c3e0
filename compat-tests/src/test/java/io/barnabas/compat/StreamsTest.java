package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Streams with exactly_once_v2: each word is counted once, although applications and broker are killed in the middle. */
class StreamsTest {
    private static final List<String> RELEASES = List.of("3.9.2", "4.3.1");
    private static final List<String> WORDS = List.of("barnabas", "is", "the", "messenger", "of", "castle");
    private static final int WORDS_A_LINE = 4;
    private static final int LINES = 400;

    @TempDir
    Path directory;

    private final RandomGenerator random = Seeds.random(1);
    private final Map<String, Integer> expected = new TreeMap<>();
    private final Map<String, Program.Running> applications = new HashMap<>();

    @Test
    @Acceptance({53, 129})
    void wordsAreCountedExactlyOnceAlthoughApplicationsAndBrokerAreKilled() throws Exception {
        try (BrokerProcess broker = BrokerProcess.in(directory)
                .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
                .start()) {
            createTopics(broker);
            RELEASES.forEach(release -> launch(broker, release));
            write(broker);
            for (String release : RELEASES) {
                Awaitility.await(release + " to count")
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> !counts(broker, release).isEmpty());
            }
            write(broker);
            for (String release : RELEASES) {
                applications.get(release).process().destroyForcibly();
                launch(broker, release);
            }
            write(broker);
            broker.kill();
            broker.start();
            write(broker);
            for (String release : RELEASES) {
                Awaitility.await(release + " to have counted all")
                        .atMost(90, TimeUnit.SECONDS)
                        .until(() -> counts(broker, release).values().stream()
                                        .mapToInt(List::size)
                                        .sum()
                                >= 4 * LINES * WORDS_A_LINE);
                counts(broker, release)
                        .forEach((word, steps) ->
                                assertThat(steps).as("%s in %s", word, release).isEqualTo(upTo(expected.get(word))));
            }
        } finally {
            applications.values().forEach(one -> one.process().destroyForcibly());
        }
    }

    private void launch(BrokerProcess broker, String release) {
        String classPath = Home.scenarios() + File.pathSeparator + Home.classPath("streams-" + release);
        applications.put(
                release,
                Program.java(
                                classPath,
                                "io.barnabas.scenario.WordCountScenario",
                                broker.address(),
                                prefix(release),
                                directory.resolve(prefix(release)).toString())
                        .start());
    }

    private static void createTopics(BrokerProcess broker) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (String release : RELEASES) {
            topics.add(new NewTopic(prefix(release) + "-lines", 2, (short) 1));
            topics.add(new NewTopic(prefix(release) + "-counts", 2, (short) 1));
        }
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.address()))) {
            admin.createTopics(topics).all().get();
        }
    }

    private void write(BrokerProcess broker) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address(), "reconnect.backoff.max.ms", 200);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < LINES; i++) {
                String line = line();
                RELEASES.forEach(release -> producer.send(new ProducerRecord<>(prefix(release) + "-lines", line)));
            }
        }
    }

    private String line() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS_A_LINE; i++) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            expected.merge(word, 1, Integer::sum);
            words.add(word);
        }
        return String.join(" ", words);
    }

    /** Each word with its counts so far, in their order. */
    private static Map<String, List<String>> counts(BrokerProcess broker, String release) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed");
        Map<String, List<String>> counts = new TreeMap<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(prefix(release) + "-counts").stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    counts.computeIfAbsent(record.key(), word -> new ArrayList<>())
                            .add(record.value());
                }
            }
        }
        return counts;
    }

    private static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList();
    }

    private static String prefix(String release) {
        return "words-" + release;
    }
}
