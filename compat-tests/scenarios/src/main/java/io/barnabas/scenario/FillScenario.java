package io.barnabas.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes numbered topics with any release, and sees that every record gets the offset of its number. Arguments: the
 * release, bootstrap servers, then topics as {@link NumberedTopic} describes them.
 */
public final class FillScenario {
    private FillScenario() {}

    public static void main(String[] arguments) throws Exception {
        Clients clients = new Clients(arguments[1]);
        for (String described : Arrays.asList(arguments).subList(2, arguments.length)) {
            NumberedTopic topic = new NumberedTopic(described);
            for (long number = topic.first; number < topic.end; number = endOfTurn(topic, number)) {
                if (topic.isTransactional()) {
                    sendInTransactions(clients, topic, number, endOfTurn(topic, number));
                } else {
                    send(clients, topic, number, endOfTurn(topic, number));
                }
            }
        }
    }

    /** Where the next codec takes over. */
    private static long endOfTurn(NumberedTopic topic, long number) {
        long turn = number / NumberedTopic.PER_CODEC + 1;
        return Math.min(topic.end, turn * NumberedTopic.PER_CODEC);
    }

    private static void send(Clients clients, NumberedTopic topic, long first, long end) throws Exception {
        boolean timed = Later.find(ProducerRecord.class, "timestamp") != null;
        KafkaProducer<String, String> producer = clients.producer(
                "compression.type",
                topic.codec(first),
                "batch.size",
                "2000",
                "linger.ms",
                "20",
                // Old record formats know no producers.
                "enable.idempotence",
                "false");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (long number = first; number < end; number++) {
            sent.add(producer.send(timed ? timed(topic, number) : untimed(topic, number)));
        }
        checkOffsets(topic, first, sent);
        producer.close();
    }

    /** The id is the same on every broker, so that each goes on with what the one before knew of it. */
    private static void sendInTransactions(Clients clients, NumberedTopic topic, long first, long end)
            throws Exception {
        KafkaProducer<String, String> producer = clients.producer(
                "compression.type",
                topic.codec(first),
                "transactional.id",
                "filler-of-" + topic.name,
                "acks",
                "all",
                "linger.ms",
                "20");
        producer.initTransactions();
        for (long begin = first; begin < end; begin = NumberedTopic.endOfTransaction(begin)) {
            sendTransaction(producer, topic, begin);
        }
        producer.close();
    }

    private static void sendTransaction(KafkaProducer<String, String> producer, NumberedTopic topic, long begin)
            throws Exception {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (long number = begin; number < NumberedTopic.endOfTransaction(begin) - 1; number++) {
            sent.add(producer.send(timed(topic, number)));
        }
        producer.flush();
        checkOffsets(topic, begin, sent);
        if (NumberedTopic.isAborted(begin)) {
            producer.abortTransaction();
        } else {
            producer.commitTransaction();
        }
    }

    private static void checkOffsets(NumberedTopic topic, long first, List<Future<RecordMetadata>> sent)
            throws Exception {
        for (int i = 0; i < sent.size(); i++) {
            long offset = sent.get(i).get().offset();
            if (offset != first + i) {
                throw new IllegalStateException(
                        "record " + (first + i) + " of " + topic.name + " got offset " + offset);
            }
        }
    }

    private static ProducerRecord<String, String> untimed(NumberedTopic topic, long number) {
        return new ProducerRecord<>(topic.name, 0, topic.key(number), topic.value(number));
    }

    private static ProducerRecord<String, String> timed(NumberedTopic topic, long number) {
        return new ProducerRecord<>(
                topic.name, 0, NumberedTopic.timestamp(number), topic.key(number), topic.value(number));
    }
}
