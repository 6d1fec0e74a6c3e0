package io.barnabas.scenario;

import java.util.Collections;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** What changed between releases in the producer's calls about transactions. */
final class Transactional {
    private static final String GROUP = "org.apache.kafka.clients.consumer.ConsumerGroupMetadata";

    private Transactional() {}

    /** Releases from 2.5 take a group's metadata; those from 4.0 nothing else. */
    static void sendOffsets(
            KafkaProducer<String, String> producer, TopicPartition partition, OffsetAndMetadata offset, String group)
            throws Exception {
        boolean takesMetadata = Later.exists(GROUP);
        Class<?> type = takesMetadata ? Class.forName(GROUP) : String.class;
        Object ofGroup = takesMetadata ? type.getConstructor(String.class).newInstance(group) : group;
        Later.call(
                producer,
                Clients.names("sendOffsetsToTransaction"),
                Clients.types(Map.class, type),
                Collections.singletonMap(partition, offset),
                ofGroup);
    }
}
