package io.barnabas.compat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.barnabas.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
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

/**
 * Kills the broker again and again while applications of several releases consume, transform and produce, each with
 * topics of its own; then compares: each partition of an output holds what its input holds, in the same order, once.
 */
final class ExactlyOnce {
    private static final int PARTITIONS = 3;
    private static final int AT_ONCE = 5;
    private static final long FEED_EVERY_MS = 50;
    private static final long LIMIT_SECONDS = 180;

    private final BrokerProcess broker;
    private final List<String> releases;
    private final long seconds;
    private final Path end;
    private final RandomGenerator random = Seeds.random(4);
    private int next;
    private int kills;

    /** @param directory for a file that says that everything is written */
    ExactlyOnce(BrokerProcess broker, List<String> releases, long seconds, Path directory) {
        this.broker = broker;
        this.releases = releases;
        this.seconds = seconds;
        this.end = directory.resolve("end");
    }

    /** What happened, for a reader. */
    record Report(int kills, Map<String, String> ofReleases) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(kills + " kills, every record exactly once");
            ofReleases.forEach((release, one) ->
                    text.append("\n  ").append(release).append(": ").append(one));
            return text.toString();
        }
    }

    Report run() throws Exception {
        createTopics();
        Map<String, Program.Running> loops = new TreeMap<>();
        try {
            for (String release : releases) {
                loops.put(
                        release,
                        TransactionsTest.scenario(
                                        release,
                                        "ExactlyOnceScenario",
                                        broker.address(),
                                        prefix(release),
                                        end.toString())
                                .start());
            }
            feedAndKill();
            Files.createFile(end);
            Map<String, String> reports = new TreeMap<>();
            for (String release : releases) {
                Program.Result result = loops.get(release).await(LIMIT_SECONDS).expectSuccess();
                reports.put(release, compare(release) + " records, " + String.join(" ", result.lines()));
            }
            return new Report(kills, reports);
        } finally {
            loops.values().forEach(loop -> loop.process().destroyForcibly());
        }
    }

    private void createTopics() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (String release : releases) {
            topics.add(new NewTopic(prefix(release) + "-in", PARTITIONS, (short) 1));
            topics.add(new NewTopic(prefix(release) + "-out", PARTITIONS, (short) 1));
        }
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.address()))) {
            admin.createTopics(topics).all().get();
        }
    }

    private void feedAndKill() throws InterruptedException {
        ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
        try (KafkaProducer<String, String> producer = producer()) {
            feeder.scheduleWithFixedDelay(() -> feed(producer), 0, FEED_EVERY_MS, MILLISECONDS);
            long deadline = System.nanoTime() + SECONDS.toNanos(seconds);
            while (System.nanoTime() < deadline) {
                pause(2_000 + random.nextInt(2_500));
                broker.kill();
                kills++;
                broker.start();
            }
            feeder.shutdown();
            check(feeder.awaitTermination(60, SECONDS), "the input could not be written");
            producer.flush();
        } finally {
            feeder.shutdownNow();
        }
    }

    /** Lets the applications work. */
    private static void pause(long ms) {
        Awaitility.await()
                .pollDelay(ms, MILLISECONDS)
                .atMost(ms + 5_000, MILLISECONDS)
                .until(() -> true);
    }

    private void feed(KafkaProducer<String, String> producer) {
        for (String release : releases) {
            for (int i = 0; i < PARTITIONS * AT_ONCE; i++) {
                producer.send(
                        new ProducerRecord<>(prefix(release) + "-in", i % PARTITIONS, null, String.valueOf(next++)));
            }
        }
    }

    private KafkaProducer<String, String> producer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.address());
        settings.put("delivery.timeout.ms", 300_000);
        settings.put("reconnect.backoff.max.ms", 200);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** How many records there are. */
    private int compare(String release) {
        int all = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> expected = read(prefix(release) + "-in", partition).stream()
                    .map(value -> value + "!")
                    .toList();
            List<String> seen = read(prefix(release) + "-out", partition);
            check(seen.equals(expected), "%s, partition %d: %s", release, partition, difference(expected, seen));
            all += expected.size();
        }
        check(all > 0, "%s: there was no input", release);
        return all;
    }

    private static String difference(List<String> expected, List<String> seen) {
        List<String> missing = new ArrayList<>(expected);
        missing.removeAll(new HashSet<>(seen));
        Set<String> once = new HashSet<>();
        List<String> twice = seen.stream().filter(value -> !once.add(value)).toList();
        return expected.size() + " expected, " + seen.size() + " seen; missing " + missing + "; twice " + twice;
    }

    /** All committed records, up to an end below which nothing may be undecided. */
    private List<String> read(String topic, int number) {
        TopicPartition partition = new TopicPartition(topic, number);
        List<TopicPartition> only = List.of(partition);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> all = consumer("read_uncommitted");
                KafkaConsumer<String, String> committed = consumer("read_committed")) {
            long logEnd = all.endOffsets(only).get(partition);
            Awaitility.await(partition + " to have no open transaction")
                    .atMost(10, SECONDS)
                    .until(() -> committed.endOffsets(only).get(partition) == logEnd);
            committed.assign(only);
            committed.seekToBeginning(only);
            while (committed.position(partition) < logEnd) {
                for (ConsumerRecord<String, String> record : committed.poll(Duration.ofMillis(500))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private KafkaConsumer<String, String> consumer(String isolation) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.address());
        settings.put("isolation.level", isolation);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static String prefix(String release) {
        return "loop-" + release;
    }

    private static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new AssertionError(String.format(format, arguments));
        }
    }
}
