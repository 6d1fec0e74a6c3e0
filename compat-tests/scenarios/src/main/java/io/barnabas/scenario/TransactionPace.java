package io.barnabas.scenario;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One producer's transactions, one after the other, and how long each record takes to a reader of committed records.
 * Arguments: address, topic of one partition, records in a transaction, seconds. Prints transactions per second and the
 * median and 99th percentile of milliseconds.
 */
public final class TransactionPace {
    private static final int RECORD_BYTES = 100;
    private static final int MOST_RECORDS = 10_000_000;
    private static final double WARM_UP = 0.3;

    private final String address;
    private final TopicPartition partition;
    private final CountDownLatch reading = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long[] latencies = new long[MOST_RECORDS];
    private int measured;
    private volatile long warmAt = Long.MAX_VALUE;

    private TransactionPace(String address, String topic) {
        this.address = address;
        this.partition = new TopicPartition(topic, 0);
    }

    public static void main(String[] arguments) throws Exception {
        TransactionPace pace = new TransactionPace(arguments[0], arguments[1]);
        FutureTask<Void> reader = new FutureTask<>(pace::read);
        new Thread(reader, "reader").start();
        double perSecond = pace.write(Integer.parseInt(arguments[2]), Double.parseDouble(arguments[3]));
        reader.get();
        Arrays.sort(pace.latencies, 0, pace.measured);
        System.out.printf(
                "%.1f transactions/s, p50 %.3f ms, p99 %.3f ms%n",
                perSecond, pace.percentile(0.5), pace.percentile(0.99));
    }

    private double percentile(double share) {
        return latencies[(int) (share * (measured - 1))] / 1e6;
    }

    /** Returns the transactions per second after the first part, which warms up. */
    private double write(int records, double seconds) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("transactional.id", "pace-" + records);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            reading.await();
            run(producer, records, seconds * WARM_UP);
            warmAt = System.nanoTime();
            return run(producer, records, seconds) / ((System.nanoTime() - warmAt) / 1e9);
        } finally {
            ended.set(true);
        }
    }

    private int run(KafkaProducer<byte[], byte[]> producer, int records, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int transactions = 0;
        while (System.nanoTime() < end) {
            producer.beginTransaction();
            for (int i = 0; i < records; i++) {
                byte[] value = new byte[RECORD_BYTES];
                ByteBuffer.wrap(value).putLong(System.nanoTime());
                producer.send(new ProducerRecord<>(partition.topic(), value));
            }
            producer.commitTransaction();
            transactions++;
        }
        return transactions;
    }

    private Void read() throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            reading.countDown();
            boolean last = false;
            while (!last) {
                last = ended.get();
                for (ConsumerRecord<byte[], byte[]> record : Clients.poll(consumer, 100)) {
                    long sentAt = ByteBuffer.wrap(record.value()).getLong();
                    if (sentAt >= warmAt && measured < MOST_RECORDS) {
                        latencies[measured++] = System.nanoTime() - sentAt;
                    }
                }
            }
        }
        return null;
    }
}
