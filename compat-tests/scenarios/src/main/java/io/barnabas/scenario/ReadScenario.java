package io.barnabas.scenario;

import static io.barnabas.scenario.Clients.names;
import static io.barnabas.scenario.Clients.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads numbered topics from their beginning with any release that has a consumer, and sees that each record is what
 * its offset says. Of a compacted topic the last record of each key has to be there, of one with transactions every
 * committed record, of others every record. One in zstd is left out by releases that do not know it. Arguments: the
 * release, bootstrap servers, then topics as {@link NumberedTopic} describes them. Commits where it ends, for the group
 * {@value #GROUP}, and prints how many records of each it has read.
 */
public final class ReadScenario {
    private static final String GROUP = "readers-of-old";
    private static final long WAIT_MS = 120_000;

    /** Older ones see what was aborted, too. */
    private static final boolean KNOWS_TRANSACTIONS = Later.find(KafkaProducer.class, "initTransactions") != null;

    private ReadScenario() {}

    public static void main(String[] arguments) throws Exception {
        Map<TopicPartition, NumberedTopic> topics = new LinkedHashMap<>();
        for (String described : Arrays.asList(arguments).subList(2, arguments.length)) {
            NumberedTopic topic = new NumberedTopic(described);
            if (!topic.codecs[0].equals("zstd") || Later.exists("com.github.luben.zstd.Zstd")) {
                topics.put(new TopicPartition(topic.name, 0), topic);
            }
        }
        Map<TopicPartition, BitSet> read = read(new Clients(arguments[1]), topics);
        for (Map.Entry<TopicPartition, NumberedTopic> entry : topics.entrySet()) {
            BitSet numbers = read.get(entry.getKey());
            checkNothingIsMissing(entry.getValue(), numbers);
            System.out.println(arguments[0] + " read " + numbers.cardinality() + " of " + entry.getValue().name);
        }
    }

    /** All of them with one consumer, which takes a fraction of the time that one for each would take. */
    private static Map<TopicPartition, BitSet> read(Clients clients, Map<TopicPartition, NumberedTopic> topics)
            throws Exception {
        KafkaConsumer<String, String> consumer =
                clients.consumer("group.id", GROUP, "isolation.level", "read_committed");
        Map<TopicPartition, BitSet> read = new LinkedHashMap<>();
        try {
            boolean collections = Later.find(KafkaConsumer.class, "assign", Collection.class) != null;
            Later.call(
                    consumer,
                    names("assign"),
                    types(collections ? Collection.class : List.class),
                    new ArrayList<>(topics.keySet()));
            for (Map.Entry<TopicPartition, NumberedTopic> entry : topics.entrySet()) {
                read.put(entry.getKey(), new BitSet());
                Later.call(
                        consumer,
                        names("seek"),
                        types(TopicPartition.class, long.class),
                        entry.getKey(),
                        entry.getValue().first);
            }
            poll(consumer, topics, read);
            Later.call(consumer, names("commitSync"), types());
        } finally {
            consumer.close();
        }
        return read;
    }

    private static void poll(
            KafkaConsumer<String, String> consumer,
            Map<TopicPartition, NumberedTopic> topics,
            Map<TopicPartition, BitSet> read)
            throws Exception {
        long deadline = System.currentTimeMillis() + WAIT_MS;
        for (String missing = missing(topics, read); !missing.isEmpty(); missing = missing(topics, read)) {
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("nothing more comes:" + missing);
            }
            for (ConsumerRecord<String, String> record : Clients.poll(consumer, 200)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                check(topics.get(partition), record, read.get(partition));
                read.get(partition).set((int) record.offset());
            }
        }
    }

    /** Which topics have not been read to their end, and how far they have. */
    private static String missing(Map<TopicPartition, NumberedTopic> topics, Map<TopicPartition, BitSet> read) {
        StringBuilder missing = new StringBuilder();
        for (Map.Entry<TopicPartition, NumberedTopic> entry : topics.entrySet()) {
            int end = read.get(entry.getKey()).length();
            if (end <= lastOf(entry.getValue())) {
                missing.append(' ')
                        .append(entry.getValue().name)
                        .append(" behind ")
                        .append(end - 1);
            }
        }
        return missing.toString();
    }

    private static void check(NumberedTopic topic, ConsumerRecord<String, String> record, BitSet read)
            throws Exception {
        long number = record.offset();
        String value = topic.value(number);
        boolean right = topic.shows(number, KNOWS_TRANSACTIONS)
                && topic.key(number).equals(record.key())
                && (value == null ? record.value() == null : value.equals(record.value()));
        if (!right || number < read.length()) {
            throw new IllegalStateException(
                    topic.name + ": at offset " + number + " after " + (read.length() - 1) + " came " + record);
        }
        if (Later.find(ConsumerRecord.class, "timestamp") != null) {
            // What was sent without a time, or lies in format 0, has none.
            long time = (Long) Later.call(record, names("timestamp"), types());
            if (time != -1 && time != NumberedTopic.timestamp(number)) {
                throw new IllegalStateException(topic.name + ": offset " + number + " has the time " + time);
            }
        }
    }

    private static void checkNothingIsMissing(NumberedTopic topic, BitSet read) {
        for (long number = topic.isCompacted() ? topic.end - topic.keys : topic.first; number < topic.end; number++) {
            if (topic.shows(number, KNOWS_TRANSACTIONS) && !read.get((int) number)) {
                throw new IllegalStateException(topic.name + ": record " + number + " is missing");
            }
        }
    }

    private static long lastOf(NumberedTopic topic) {
        long last = topic.end - 1;
        while (!topic.shows(last, KNOWS_TRANSACTIONS)) {
            last--;
        }
        return last;
    }
}
