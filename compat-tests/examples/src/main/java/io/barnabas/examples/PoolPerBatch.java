package io.barnabas.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A pool works on all records of a poll at once; when the last one is done, one commit covers them. After a crash at
 * most one batch comes again. Records of a batch are done in any order, also those of one partition.
 *
 * <p>A batch has to be done within {@code max.poll.interval.ms}, else the group takes the partitions away;
 * {@code max.poll.records} bounds it. Arguments: address, topic, group, and after how many records to end (0: never).
 */
public final class PoolPerBatch {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int THREADS = 4;

    private PoolPerBatch() {}

    public static void main(String[] arguments) throws Exception {
        long limit = Long.parseLong(arguments[3]);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                arguments[0],
                "group.id",
                arguments[2],
                "enable.auto.commit",
                false,
                "max.poll.records",
                100,
                "auto.offset.reset",
                "earliest");
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            long done = 0;
            while (limit == 0 || done < limit) {
                ConsumerRecords<String, String> batch = consumer.poll(PATIENCE);
                List<Future<?>> working = new ArrayList<>();
                batch.forEach(record -> working.add(pool.submit(() -> work(record))));
                for (Future<?> record : working) {
                    record.get(); // A record that fails ends the program before it is committed.
                }
                if (!batch.isEmpty()) {
                    consumer.commitSync();
                }
                done += batch.count();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void work(ConsumerRecord<String, String> record) {
        System.out.println(record.value());
    }
}
