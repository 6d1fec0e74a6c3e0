package io.barnabas.examples;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * One thread does everything: it takes a record, works on it, commits, and takes the next one. After a crash at most
 * one record comes again. Slow, since each record costs a round trip; {@link PoolPerBatch} is the fast way.
 *
 * <p>Arguments: address, topic, group, and after how many records to end (0: never).
 */
public final class OneByOne {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private OneByOne() {}

    public static void main(String[] arguments) {
        long limit = Long.parseLong(arguments[3]);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                arguments[0],
                "group.id",
                arguments[2],
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            long done = 0;
            while (limit == 0 || done < limit) {
                for (ConsumerRecord<String, String> record : consumer.poll(PATIENCE)) {
                    work(record);
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
                    done++;
                }
            }
        }
    }

    private static void work(ConsumerRecord<String, String> record) {
        System.out.println(record.value());
    }
}
