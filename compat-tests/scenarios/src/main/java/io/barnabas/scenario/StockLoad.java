package io.barnabas.scenario;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A stock producer or consumer at full speed, one after the other in one process, which therefore is warm after a few. Reads
 * a line for each, {@code produce <address> <topic> <record bytes> <acks> <idempotent> <codec> <seconds> <most bytes>} or
 * {@code consume <address> <topic> <partitions> <bytes>}, and prints {@code done <bytes> <seconds>} once all is acknowledged
 * or read. Ends with its input, or with the first failure.
 */
public final class StockLoad {
    private static final int DIFFERENT_VALUES = 1_000;
    private static final int DIFFERENT_WORDS = 300;
    private static final long SEED = 42;
    private static final long POLL_MS = 1_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final Map<Integer, List<byte[]>> values = new HashMap<>();

    private StockLoad() {}

    /** What was moved, and how long it took. */
    private static final class Moved {
        private final long bytes;
        private final long nanoseconds;

        private Moved(long bytes, long nanoseconds) {
            this.bytes = bytes;
            this.nanoseconds = nanoseconds;
        }
    }

    public static void main(String[] arguments) throws Exception {
        StockLoad load = new StockLoad();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            Moved moved = words[0].equals("produce") ? load.produce(words) : consume(words);
            System.out.printf(Locale.ROOT, "done %d %.6f%n", moved.bytes, moved.nanoseconds / 1e9);
        }
    }

    private Moved produce(String[] words) {
        String topic = words[2];
        List<byte[]> records = values.computeIfAbsent(Integer.valueOf(words[3]), StockLoad::valuesOf);
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", words[1]);
        settings.put("acks", words[4]);
        settings.put("enable.idempotence", words[5]);
        settings.put("compression.type", words[6]);
        long limitNs = (long) (Double.parseDouble(words[7]) * 1e9);
        long mostBytes = Long.parseLong(words[8]);
        AtomicReference<Exception> refusal = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.partitionsFor(topic);
            long begin = System.nanoTime();
            long bytes = 0;
            for (int i = 0; bytes < mostBytes && System.nanoTime() - begin < limitNs; i++) {
                byte[] value = records.get(i % records.size());
                producer.send(new ProducerRecord<>(topic, value), (metadata, failure) -> {
                    if (failure != null) {
                        refusal.compareAndSet(null, failure);
                    }
                });
                bytes += value.length;
            }
            producer.flush();
            if (refusal.get() != null) {
                throw new IllegalStateException(refusal.get());
            }
            return new Moved(bytes, System.nanoTime() - begin);
        }
    }

    /** Without a group: all partitions from their beginnings. */
    private static Moved consume(String[] words) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", words[1]);
        long wanted = Long.parseLong(words[4]);
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(words[3]); i++) {
            partitions.add(new TopicPartition(words[2], i));
        }
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long begin = System.nanoTime();
            long bytes = 0;
            while (bytes < wanted) {
                for (ConsumerRecord<byte[], byte[]> record : Clients.poll(consumer, POLL_MS)) {
                    bytes += record.value().length;
                }
                if (System.nanoTime() - begin > PATIENCE_NS) {
                    throw new IllegalStateException("read " + bytes + " bytes of " + wanted);
                }
            }
            return new Moved(bytes, System.nanoTime() - begin);
        }
    }

    /** Text of words in random order, which compresses to less than a half. */
    private static List<byte[]> valuesOf(int recordBytes) {
        Random random = new Random(SEED);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < DIFFERENT_WORDS; i++) {
            words.add(Integer.toString(random.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX));
        }
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < DIFFERENT_VALUES; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < recordBytes) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            made.add(text.substring(0, recordBytes).getBytes(StandardCharsets.US_ASCII));
        }
        return made;
    }
}
