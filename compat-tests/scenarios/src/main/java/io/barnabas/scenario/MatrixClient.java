package io.barnabas.scenario;

import static io.barnabas.scenario.Clients.poll;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One client of the release whose class loader this class was loaded by. {@link ClientMatrix} calls it from outside of
 * that loader, hence only with types of the JDK. A record's key says who sent it and its number, its value repeats
 * both, and so does a header where sender and reader know headers.
 */
public final class MatrixClient {
    private static final String SENDER = "sender";

    /** Waiting after each so many records keeps a producer of any release busy without making it the only one. */
    private static final int AT_ONCE = 10;

    private static final long PAUSE_MS = 100;

    private MatrixClient() {}

    /** Sends records as long as it is told to; tells the number of each one that is acknowledged. */
    public static void produce(
            String release,
            String bootstrap,
            String topic,
            String codec,
            BooleanSupplier goesOn,
            IntConsumer acknowledged)
            throws Exception {
        Clients clients = new Clients(bootstrap);
        boolean headers = Later.find(ProducerRecord.class, "headers") != null;
        KafkaProducer<String, String> producer =
                clients.producer("client.id", "producer-" + release, "compression.type", codec, "linger.ms", "5");
        int number = 0;
        while (goesOn.getAsBoolean()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(topic, key(release, number + i), value(release, number + i));
                if (headers) {
                    addHeader(record, release);
                }
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
                acknowledged.accept(number++);
            }
            Thread.sleep(PAUSE_MS);
        }
        producer.close();
    }

    /** Reads as a group of its own as long as it is told to; tells sender and number of each record. */
    public static void consume(
            String release, String bootstrap, String topic, BooleanSupplier goesOn, BiConsumer<String, Integer> seen)
            throws Exception {
        Clients clients = new Clients(bootstrap);
        boolean headers = Later.find(ConsumerRecord.class, "headers") != null;
        KafkaConsumer<String, String> consumer = clients.consumer(
                "client.id",
                "consumer-" + release,
                "group.id",
                topic + "-of-" + release,
                // Dozens of clients begin at once on whatever machine this is.
                "session.timeout.ms",
                "30000");
        Clients.subscribe(consumer, topic);
        while (goesOn.getAsBoolean()) {
            for (ConsumerRecord<String, String> record : poll(consumer, 100)) {
                String sender = record.key().substring(0, record.key().indexOf('/'));
                int number = Integer.parseInt(record.key().substring(sender.length() + 1));
                if (!record.value().equals(value(sender, number))) {
                    throw new IllegalStateException(record.key() + " came with " + record.value());
                }
                if (headers) {
                    checkHeader(record, sender);
                }
                seen.accept(sender, number);
            }
        }
        consumer.close();
    }

    private static String key(String release, int number) {
        return release + "/" + number;
    }

    private static String value(String release, int number) {
        return "record " + number + " of the client of " + release + ", which is read by clients of every other";
    }

    private static void addHeader(ProducerRecord<String, String> record, String release) {
        record.headers().add(SENDER, release.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkHeader(ConsumerRecord<String, String> record, String sender) {
        boolean sent = !sender.startsWith("0.") || sender.startsWith("0.11");
        String expected = sent ? SENDER + "=" + sender : "";
        StringBuilder found = new StringBuilder();
        record.headers()
                .forEach(header -> found.append(header.key())
                        .append('=')
                        .append(new String(header.value(), StandardCharsets.UTF_8)));
        if (!expected.contentEquals(found)) {
            throw new IllegalStateException(record.key() + " came with headers " + found);
        }
    }
}
