package io.barnabas.scenario;

import static io.barnabas.scenario.Clients.names;
import static io.barnabas.scenario.Clients.poll;
import static io.barnabas.scenario.Clients.types;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads numbered topics from their beginning with any release that has a consumer, and sees that each record is what
 * its offset says. Of a compacted topic the last record of each key has to be there, of one with transactions every
 * committed record, of others every record. One in zstd is left out by releases that do not know it. Arguments: the release, bootstrap servers, then topics as
 * {@link NumberedTopic} describes them. Commits where it ends, for the group {@value #GROUP}, and prints how many
 * records of each it has read.
 */
public final class ReadScenario {
    private static final String GROUP = "readers-of-old";
    private static final long WAIT_MS = 60_000;

    /** Older ones see what was aborted, too. */
    private static final boolean KNOWS_TRANSACTIONS = Later.find(KafkaProducer.class, "initTransactions") != null;

    private ReadScenario() {}

    public static void main(String[] arguments) throws Exception {
        Clients clients = new Clients(arguments[1]);
        for (String described : Arrays.asList(arguments).subList(2, arguments.length)) {
            NumberedTopic topic = new NumberedTopic(described);
            if (topic.codecs[0].equals("zstd") && !Later.exists("com.github.luben.zstd.Zstd")) {
                continue;
            }
            BitSet read = read(clients, topic);
            checkNothingIsMissing(topic, read);
            System.out.println(arguments[0] + " read " + read.cardinality() + " of " + topic.name);
        }
    }

    private static BitSet read(Clients clients, NumberedTopic topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic.name, 0);
        KafkaConsumer<String, String> consumer =
                clients.consumer("group.id", GROUP, "isolation.level", "read_committed");
        BitSet read = new BitSet();
        try {
            boolean collections = Later.find(KafkaConsumer.class, "assign", Collection.class) != null;
            Later.call(
                    consumer,
                    names("assign"),
                    types(collections ? Collection.class : List.class),
                    Collections.singletonList(partition));
            Later.call(consumer, names("seek"), types(TopicPartition.class, long.class), partition, topic.first);
            long deadline = System.currentTimeMillis() + WAIT_MS;
            while (read.length() <= lastOf(topic)) {
                if (System.currentTimeMillis() > deadline) {
                    throw new IllegalStateException(topic.name + ": nothing comes after " + (read.length() - 1));
                }
                for (ConsumerRecord<String, String> record : poll(consumer, 200)) {
                    check(topic, record, read);
                    read.set((int) record.offset());
                }
            }
            Later.call(consumer, names("commitSync"), types());
        } finally {
            consumer.close();
        }
        return read;
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
