package io.barnabas.scenario;

import java.util.Arrays;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Kafka Streams counts words exactly once: from a topic of lines to one with the count of each word, every step of it.
 * Runs until it is killed. Arguments: bootstrap servers, a prefix for topics and application, a folder for its state.
 */
public final class WordCountScenario {
    private WordCountScenario() {}

    public static void main(String[] arguments) {
        String prefix = arguments[1];
        Serde<String> strings = Serdes.String();
        StreamsBuilder words = new StreamsBuilder();
        words.stream(prefix + "-lines", Consumed.with(strings, strings))
                .flatMapValues(line -> Arrays.asList(line.split(" ")))
                .groupBy((key, word) -> word, Grouped.with(strings, strings))
                .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts"))
                        .withKeySerde(strings)
                        .withValueSerde(Serdes.Long()))
                .toStream()
                .mapValues(count -> String.valueOf(count))
                .to(prefix + "-counts", Produced.with(strings, strings));
        KafkaStreams streams = new KafkaStreams(words.build(), settings(arguments[0], prefix, arguments[2]));
        streams.setUncaughtExceptionHandler(failure -> {
            System.out.println("a thread has ended: " + failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
    }

    private static Properties settings(String bootstrap, String prefix, String directory) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("application.id", prefix + "-application");
        settings.put("state.dir", directory);
        settings.put("processing.guarantee", "exactly_once_v2");
        settings.put("commit.interval.ms", "200");
        // Without a cache every word counted is a record of its own.
        settings.put("statestore.cache.max.bytes", "0");
        settings.put("auto.offset.reset", "earliest");
        // Who is killed is noticed soon.
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "1000");
        settings.put("transaction.timeout.ms", "5000");
        settings.put("reconnect.backoff.max.ms", "200");
        return settings;
    }
}
