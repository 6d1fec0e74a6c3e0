package io.barnabas.compat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kills the broker again and again while an idempotent producer writes numbered records and a group reads them, then
 * compares: every acknowledged record is there, once; the group has seen each of them and never jumped ahead of what
 * it had read.
 */
final class Chaos {
    private static final String TOPIC = "chaos";
    private static final int PARTITIONS = 4;
    private static final int RECORD_BYTES = 1_000;

    private final BrokerProcess broker;
    private final int kills;
    private final long bytes;
    private final BitSet acknowledged = new BitSet();
    private final AtomicLong acknowledgedCount = new AtomicLong();
    private final List<Long> restartMs = new ArrayList<>();
    private volatile boolean reading = true;
    private volatile Throwable readerFailure;
    private final BitSet readByGroup = new BitSet();
    private final Map<TopicPartition, Long> groupPositions = new HashMap<>();
    private final Map<TopicPartition, Long> groupCommits = new HashMap<>();

    Chaos(BrokerProcess broker, int kills, long bytes) {
        this.broker = broker;
        this.kills = kills;
        this.bytes = bytes;
    }

    /** What happened, for a reader. */
    record Report(long acknowledged, int kills, long medianRestartMs, long maxRestartMs) {
        @Override
        public String toString() {
            return acknowledged + " records acknowledged, " + kills
                    + " kills, none lost; restart to first answer: median " + medianRestartMs + " ms, maximum "
                    + maxRestartMs + " ms";
        }
    }

    Report run() throws Exception {
        createTopic();
        Thread reader = new Thread(this::readAsGroup, "group");
        reader.start();
        try {
            writeAndKill();
            check(acknowledgedCount.get() > 0, "nothing was acknowledged");
            awaitGroup();
        } finally {
            reading = false;
            reader.join(TimeUnit.SECONDS.toMillis(60));
        }
        if (readerFailure != null) {
            throw new AssertionError("group", readerFailure);
        }
        compareLog();
        Collections.sort(restartMs);
        return new Report(
                acknowledgedCount.get(),
                kills,
                restartMs.get(restartMs.size() / 2),
                restartMs.get(restartMs.size() - 1));
    }

    private void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private void writeAndKill() throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.address());
        settings.put("delivery.timeout.ms", 300_000);
        settings.put("linger.ms", 2);
        settings.put("reconnect.backoff.max.ms", 200);
        long records = bytes / RECORD_BYTES;
        int killed = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < records; number++) {
                send(producer, number);
                if (killed < kills && number >= (killed + 1) * records / (kills + 1)) {
                    killAndRestart();
                    killed++;
                }
            }
        }
        check(killed == kills, "%d kills", killed);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int number) {
        byte[] value = new byte[RECORD_BYTES];
        ByteBuffer.wrap(value).putInt(number);
        producer.send(new ProducerRecord<>(TOPIC, number % PARTITIONS, null, value), (metadata, error) -> {
            if (error == null) {
                synchronized (acknowledged) {
                    acknowledged.set(number);
                }
                acknowledgedCount.incrementAndGet();
            }
        });
    }

    private void killAndRestart() {
        broker.kill();
        long start = System.nanoTime();
        broker.start();
        restartMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private void readAsGroup() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("chaos-group")) {
            consumer.subscribe(List.of(TOPIC), new NeverAhead(consumer));
            while (reading) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    synchronized (readByGroup) {
                        readByGroup.set(numberOf(record));
                        groupPositions.merge(partition, record.offset() + 1, Math::max);
                    }
                }
                commit(consumer);
            }
        } catch (Throwable failure) {
            readerFailure = failure;
        }
    }

    /** Only what is named in a commit counts as committed: without an assignment a plain commit succeeds and says nothing. */
    private void commit(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        groupPositions.forEach((partition, position) -> {
            if (consumer.assignment().contains(partition)) {
                offsets.put(partition, new OffsetAndMetadata(position));
            }
        });
        try {
            consumer.commitSync(offsets, Duration.ofSeconds(5));
            offsets.forEach((partition, offset) -> groupCommits.put(partition, offset.offset()));
        } catch (KafkaException brokerIsAway) {
            // The next poll finds it again; what was not committed is read once more.
        }
    }

    /** A partition that is taken over goes on between what was committed and what was read of it. */
    private final class NeverAhead implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        private NeverAhead(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                long position = consumer.position(partition);
                long read = groupPositions.getOrDefault(partition, 0L);
                long committed = groupCommits.getOrDefault(partition, 0L);
                check(position <= read, "%s goes on at %d, but was read only up to %d", partition, position, read);
                check(position >= committed, "%s goes on at %d, but %d was committed", partition, position, committed);
            }
        }
    }

    private void awaitGroup() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!groupHasAll()) {
            check(readerFailure == null, "group failed: %s", readerFailure);
            check(System.nanoTime() < end, "the group has not seen %s", missing(readByGroup));
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean groupHasAll() {
        return missing(readByGroup).isEmpty();
    }

    private BitSet missing(BitSet read) {
        BitSet missing;
        synchronized (acknowledged) {
            missing = (BitSet) acknowledged.clone();
        }
        synchronized (readByGroup) {
            missing.andNot(read);
        }
        return missing;
    }

    private void compareLog() {
        BitSet seen = new BitSet();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(null)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(TOPIC, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    int number = numberOf(record);
                    check(!seen.get(number), "record %d is there twice", number);
                    seen.set(number);
                }
            }
        }
        check(missing(seen).isEmpty(), "acknowledged, but lost: %s", missing(seen));
    }

    private KafkaConsumer<byte[], byte[]> consumer(String group) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.address());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("reconnect.backoff.max.ms", 200);
        if (group != null) {
            settings.put("group.id", group);
        }
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static int numberOf(ConsumerRecord<byte[], byte[]> record) {
        return ByteBuffer.wrap(record.value()).getInt();
    }

    private static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new AssertionError(String.format(format, arguments));
        }
    }
}
