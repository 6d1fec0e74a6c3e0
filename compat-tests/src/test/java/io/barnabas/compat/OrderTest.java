package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of a producer's records holds although its connections are cut every few moments. */
class OrderTest {
    private static final int RECORDS = 20_000;
    private static final int FLUSH_EVERY = 100;
    private static final int CUT_EVERY = 430;

    @TempDir
    Path directory;

    @Test
    @Acceptance({50, 52})
    void anIdempotentProducerWithFiveRequestsInFlightWritesEachRecordOnceAndInOrder() throws Exception {
        List<Integer> written = writeUnderCuts(true, 5);
        assertThat(written).isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
    }

    /** What is repeated follows what it repeats: batches come again as they were, and none overtakes another. */
    @Test
    @Acceptance(52)
    void aPlainProducerWithOneRequestInFlightMayRepeatARecordButKeepsTheOrder() throws Exception {
        List<Integer> written = writeUnderCuts(false, 1);
        List<Integer> first = new ArrayList<>();
        for (int number : written) {
            if (first.isEmpty() || number > first.get(first.size() - 1)) {
                first.add(number);
            }
        }
        assertThat(first).isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
    }

    private List<Integer> writeUnderCuts(boolean idempotent, int inFlight) throws Exception {
        BrokerProcess broker = BrokerProcess.in(directory);
        try (CuttingProxy proxy = new CuttingProxy(broker.port());
                BrokerProcess started = broker.with("advertised.listeners", "PLAINTEXT://" + proxy.address())
                        .start()) {
            AtomicInteger acknowledged = new AtomicInteger();
            try (KafkaProducer<String, String> producer = producer(proxy, idempotent, inFlight)) {
                producer.send(new ProducerRecord<>("order", "0")).get();
                for (int number = 1; number < RECORDS; number++) {
                    producer.send(new ProducerRecord<>("order", String.valueOf(number)), (metadata, error) -> {
                        if (error == null) {
                            acknowledged.incrementAndGet();
                        }
                    });
                    if (number % CUT_EVERY == 0) {
                        proxy.cut(); // Some of what was sent is under way.
                    }
                    if (number % FLUSH_EVERY == 0) {
                        producer.flush();
                    }
                }
            }
            assertThat(acknowledged).hasValue(RECORDS - 1);
            assertThat(proxy.accepted()).isGreaterThan(10);
            return read(started);
        }
    }

    private static KafkaProducer<String, String> producer(CuttingProxy proxy, boolean idempotent, int inFlight) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", proxy.address());
        settings.put("enable.idempotence", idempotent);
        settings.put("max.in.flight.requests.per.connection", inFlight);
        settings.put("acks", "all");
        settings.put("batch.size", 200);
        settings.put("reconnect.backoff.ms", 1);
        settings.put("reconnect.backoff.max.ms", 5);
        settings.put("retry.backoff.ms", 1);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static List<Integer> read(BrokerProcess broker) {
        List<TopicPartition> only = List.of(new TopicPartition("order", 0));
        List<Integer> numbers = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(only);
            consumer.seekToBeginning(only);
            long end = consumer.endOffsets(only).get(only.get(0));
            while (consumer.position(only.get(0)) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> numbers.add(Integer.valueOf(record.value())));
            }
        }
        return numbers;
    }
}
