package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers set up as people do to compare them, all at once, on a broker that has little memory of its own. */
class ProducerSettingsTest {
    private static final int RECORDS = 15_000;
    private static final int RECORD_BYTES = 1_000;
    private static final long DEADLINE_NANOS = Duration.ofSeconds(120).toNanos();
    private static final int BATCH_HEADER_BYTES = 61;

    private record Run(String topic, int batchBytes, int lingerMs, int bufferMb, String codec) {
        Map<String, Object> settings(String address) {
            return Map.of(
                    "bootstrap.servers", address,
                    "batch.size", batchBytes,
                    "linger.ms", lingerMs,
                    "buffer.memory", bufferMb << 20,
                    "compression.type", codec);
        }
    }

    private static final List<Run> RUNS = List.of(
            new Run("batch-4k", 4 << 10, 0, 32, "none"),
            new Run("batch-16k", 16 << 10, 0, 32, "none"),
            new Run("batch-32k", 32 << 10, 0, 32, "none"),
            new Run("linger", 16 << 10, 50, 32, "none"),
            new Run("snappy", 16 << 10, 100, 32, "snappy"),
            new Run("zstd", 16 << 10, 100, 32, "zstd"),
            new Run("gzip", 16 << 10, 100, 32, "gzip"),
            new Run("lz4", 16 << 10, 100, 32, "lz4"),
            new Run("buffer", 16 << 10, 0, 64, "none"));

    @TempDir
    Path directory;

    @Test
    @Acceptance({47, 106})
    void eachRunFinishesAndItsBatchesStayWhole() throws Exception {
        try (BrokerProcess broker = BrokerProcess.in(directory).jvm("-Xmx256m").start()) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
                admin.createTopics(RUNS.stream()
                                .map(run -> new NewTopic(run.topic(), 1, (short) 1))
                                .toList())
                        .all()
                        .get();
            }
            CompletableFuture<?>[] producing = RUNS.stream()
                    .map(run -> CompletableFuture.runAsync(() -> produce(broker.address(), run)))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(producing).join();

            for (Run run : RUNS) {
                assertThat(numbersIn(broker.address(), run.topic()))
                        .as(run.topic())
                        .isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
                for (int size : batchSizes(broker.logDirectory().resolve(run.topic() + "-0"))) {
                    assertThat(size).as(run.topic()).isBetween(BATCH_HEADER_BYTES, run.batchBytes());
                }
            }
            assertThat(batchSizes(broker.logDirectory().resolve("linger-0")))
                    .as("batches that wait to be filled arrive and stay as one")
                    .anyMatch(size -> size > 15 * RECORD_BYTES);
        }
    }

    private static void produce(String address, Run run) {
        byte[] padding = new byte[RECORD_BYTES];
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(run.settings(address), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] value = padding.clone();
                ByteBuffer.wrap(value).putInt(i);
                producer.send(new ProducerRecord<>(run.topic(), value));
            }
        }
    }

    private static List<Integer> numbersIn(String address, String topic) {
        List<Integer> numbers = new ArrayList<>();
        long end = System.nanoTime() + DEADLINE_NANOS;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (numbers.size() < RECORDS && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(record ->
                                numbers.add(ByteBuffer.wrap(record.value()).getInt()));
            }
        }
        return numbers;
    }

    /** Of format 2, as they lie in the first segment: the length stands behind the base offset. */
    private static List<Integer> batchSizes(Path partition) throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(partition.resolve("00000000000000000000.log")));
        List<Integer> sizes = new ArrayList<>();
        int at = 0;
        while (at < log.limit()) {
            int size = 12 + log.getInt(at + 8);
            sizes.add(size);
            at += size;
        }
        assertThat(at).isEqualTo(log.limit());
        return sizes;
    }
}
