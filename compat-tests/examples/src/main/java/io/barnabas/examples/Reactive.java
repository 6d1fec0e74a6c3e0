package io.barnabas.examples;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import reactor.core.publisher.Flux;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/**
 * Copies a topic in capital letters with Reactor Kafka: records flow as fast as the other topic takes them, and each one
 * is committed once its copy is acknowledged. After a crash some copies come again.
 *
 * <p>Arguments: address, topic, group, and after how many records to end. The copy is called as the topic, with
 * {@code -copy} behind.
 */
public final class Reactive {
    private Reactive() {}

    public static void main(String[] arguments) {
        String topic = arguments[1];
        KafkaSender<String, String> sender =
                KafkaSender.create(SenderOptions.<String, String>create(Map.of("bootstrap.servers", arguments[0]))
                        .withKeySerializer(new StringSerializer())
                        .withValueSerializer(new StringSerializer()));
        Flux<ReceiverRecord<String, String>> records = KafkaReceiver.create(
                        ReceiverOptions.<String, String>create(Map.of(
                                        "bootstrap.servers", arguments[0],
                                        "group.id", arguments[2],
                                        "auto.offset.reset", "earliest"))
                                .withKeyDeserializer(new StringDeserializer())
                                .withValueDeserializer(new StringDeserializer())
                                // A commit is sent between two polls, so their length is what a record costs.
                                .pollTimeout(Duration.ofMillis(5))
                                .subscription(Set.of(topic)))
                .receive();
        sender.send(records.map(record -> SenderRecord.create(
                        new ProducerRecord<>(
                                topic + "-copy", record.key(), record.value().toUpperCase(Locale.ROOT)),
                        record)))
                .map(sent -> sent.correlationMetadata())
                .doOnNext(record -> System.out.println(record.value()))
                .concatMap(record -> record.receiverOffset().commit().thenReturn(record))
                .take(Long.parseLong(arguments[3]))
                .blockLast();
        sender.close();
    }
}
