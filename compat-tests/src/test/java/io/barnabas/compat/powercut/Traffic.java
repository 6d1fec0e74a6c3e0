package io.barnabas.compat.powercut;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Keeps a broker busy from a thread of its own, over all its restarts: an idempotent producer of numbered records, one of
 * rising values for a few keys in a compacted topic, and a group that commits.
 */
final class Traffic implements AutoCloseable {
    static final String NUMBERED = "numbered";
    static final String KEYED = "keyed";
    static final String GROUP = "power-cuts";
    static final int PARTITIONS = 4;
    static final int KEYS = 50;
    private static final int LARGEST_RECORD = 2_000;
    private static final int UNDER_WAY = 2_000;

    private final String address;
    private final RandomGenerator random;
    private final Acknowledged acknowledged = new Acknowledged(KEYS);
    private final Thread thread = new Thread(this::run, "traffic");
    private volatile boolean running = true;
    private volatile Throwable failure;
    private int sent;
    private int answered;

    Traffic(String address, RandomGenerator random) {
        this.address = address;
        this.random = random;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    void start() throws InterruptedException, ExecutionException {
        Map<String, String> small = Map.of("segment.bytes", "300000");
        Map<String, String> compacted =
                Map.of("segment.bytes", "100000", "cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1");
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address))) {
            admin.createTopics(List.of(
                            new NewTopic(NUMBERED, PARTITIONS, (short) 1).configs(small),
                            new NewTopic(KEYED, 1, (short) 1).configs(compacted)))
                    .all()
                    .get();
        }
        thread.start();
    }

    void checkHealth() {
        if (failure != null) {
            throw new AssertionError("clients failed", failure);
        }
    }

    private void run() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("acks", "all");
        settings.put("delivery.timeout.ms", 300_000);
        settings.put("reconnect.backoff.max.ms", 100);
        settings.put("group.id", GROUP);
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> committer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            while (running) {
                send(producer);
                if (sent % 500 == 0) {
                    commit(committer);
                }
            }
        } catch (Throwable cause) {
            failure = cause;
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer) throws InterruptedException {
        synchronized (this) {
            while (sent - answered > UNDER_WAY && running) {
                wait(100);
            }
        }
        int number = sent++;
        if (number % 4 == 0) {
            int key = random.nextInt(KEYS);
            producer.send(
                    new ProducerRecord<>(KEYED, 0, new byte[] {(byte) key}, value(number)),
                    (metadata, error) -> answered(error, () -> acknowledged.keyed(key, number)));
        } else {
            producer.send(
                    new ProducerRecord<>(NUMBERED, number % PARTITIONS, null, value(number)),
                    (metadata, error) -> answered(error, () -> acknowledged.record(number)));
        }
    }

    private byte[] value(int number) {
        byte[] value = new byte[Integer.BYTES + random.nextInt(LARGEST_RECORD)];
        random.nextBytes(value);
        ByteBuffer.wrap(value).putInt(number);
        return value;
    }

    private synchronized void answered(Exception error, Runnable note) {
        answered++;
        if (error == null) {
            note.run();
        } else if (running) {
            failure = error;
        }
        notifyAll();
    }

    /** Outside of any generation, as a tool does it. */
    private void commit(KafkaConsumer<byte[], byte[]> committer) {
        long offset = sent;
        try {
            committer.commitSync(Map.of(new TopicPartition(NUMBERED, 0), new OffsetAndMetadata(offset)));
            acknowledged.committed(offset);
        } catch (KafkaException brokerIsAway) {
            // The next one says more anyway.
        }
    }

    /** Waits for what is under way. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join(TimeUnit.SECONDS.toMillis(60));
    }
}
