package io.barnabas.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** What changed between releases in the producer's calls about transactions. */
final class Transactional {
    private static final String GROUP = "org.apache.kafka.clients.consumer.ConsumerGroupMetadata";

    private Transactional() {}

    /** Releases from 2.5 take a group's metadata; those from 4.0 nothing else. */
    static boolean knowsGroups() {
        return Later.find(KafkaConsumer.class, "groupMetadata") != null;
    }

    /** In the name of the group alone, which must have no members. */
    static void sendOffsets(
            KafkaProducer<String, String> producer, TopicPartition partition, OffsetAndMetadata offset, String group)
            throws Exception {
        send(
                producer,
                Collections.singletonMap(partition, offset),
                knowsGroups()
                        ? Class.forName(GROUP).getConstructor(String.class).newInstance(group)
                        : group);
    }

    /** In the name of a consumer, as far as the release can say that. */
    static void sendOffsets(
            KafkaProducer<String, String> producer,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            KafkaConsumer<String, String> consumer,
            String group)
            throws Exception {
        send(
                producer,
                offsets,
                knowsGroups() ? Later.call(consumer, Clients.names("groupMetadata"), Clients.types()) : group);
    }

    private static void send(
            KafkaProducer<String, String> producer, Map<TopicPartition, OffsetAndMetadata> offsets, Object ofGroup)
            throws Exception {
        Class<?> type = knowsGroups() ? Class.forName(GROUP) : String.class;
        Later.call(
                producer, Clients.names("sendOffsetsToTransaction"), Clients.types(Map.class, type), offsets, ofGroup);
    }

    /** Without waiting for what is under way, as if the process had ended. */
    static void closeAtOnce(KafkaProducer<String, String> producer) {
        try {
            if (Later.find(KafkaProducer.class, "close", Duration.class) != null) {
                Later.call(producer, Clients.names("close"), Clients.types(Duration.class), Duration.ZERO);
            } else {
                producer.close(0, TimeUnit.MILLISECONDS);
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
