package io.barnabas.scenario;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** Makes clients of whatever release is on the class path, with that release's own defaults. */
final class Clients {
    private static final String STRINGS = "org.apache.kafka.common.serialization.String";

    private final String bootstrap;

    Clients(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** @param settings name, value, name, value ... */
    KafkaProducer<String, String> producer(String... settings) {
        Map<String, Object> properties = common(settings);
        properties.put("key.serializer", STRINGS + "Serializer");
        properties.put("value.serializer", STRINGS + "Serializer");
        return new KafkaProducer<>(properties);
    }

    KafkaConsumer<String, String> consumer(String... settings) {
        Map<String, Object> properties = common(settings);
        properties.put("key.deserializer", STRINGS + "Deserializer");
        properties.put("value.deserializer", STRINGS + "Deserializer");
        properties.putIfAbsent("auto.offset.reset", "earliest");
        properties.putIfAbsent("enable.auto.commit", "false");
        return new KafkaConsumer<>(properties);
    }

    AdminClient admin() {
        return AdminClient.create(common());
    }

    /** Releases from 2.0 take a Duration; those from 4.0 nothing else. */
    static <K, V> ConsumerRecords<K, V> poll(KafkaConsumer<K, V> consumer, long timeoutMs) throws Exception {
        boolean durations = Later.find(KafkaConsumer.class, "poll", Duration.class) != null;
        Object records = durations
                ? Later.call(consumer, names("poll"), types(Duration.class), Duration.ofMillis(timeoutMs))
                : Later.call(consumer, names("poll"), types(long.class), timeoutMs);
        return cast(records);
    }

    /** The first release takes a list and nothing else. */
    static void subscribe(KafkaConsumer<String, String> consumer, String topic) throws Exception {
        boolean collections = Later.find(KafkaConsumer.class, "subscribe", Collection.class) != null;
        Later.call(
                consumer,
                names("subscribe"),
                types(collections ? Collection.class : List.class),
                Collections.singletonList(topic));
    }

    /** Releases from 4.0 only know the form for several partitions. */
    static OffsetAndMetadata committed(KafkaConsumer<String, String> consumer, TopicPartition partition)
            throws Exception {
        if (Later.find(KafkaConsumer.class, "committed", java.util.Set.class) == null) {
            return (OffsetAndMetadata) Later.call(consumer, names("committed"), types(TopicPartition.class), partition);
        }
        Map<TopicPartition, OffsetAndMetadata> all = cast(
                Later.call(consumer, names("committed"), types(java.util.Set.class), Collections.singleton(partition)));
        return all.get(partition);
    }

    static String[] names(String... names) {
        return names;
    }

    static Class<?>[] types(Class<?>... types) {
        return types;
    }

    @SuppressWarnings("unchecked")
    static <T> T cast(Object object) {
        return (T) object;
    }

    private Map<String, Object> common(String... settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrap);
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return properties;
    }
}
