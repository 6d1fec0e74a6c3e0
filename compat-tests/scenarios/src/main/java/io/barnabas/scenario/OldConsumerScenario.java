package io.barnabas.scenario;

import static io.barnabas.scenario.Clients.names;
import static io.barnabas.scenario.Clients.poll;
import static io.barnabas.scenario.Clients.types;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumer of releases without admin client or headers (0.9, 0.10): reads partition 0 of a topic as a group, commits
 * in the middle, leaves, comes back and reads the rest. Arguments: bootstrap servers, topic, group, number of records,
 * then settings, name by name. Prints {@code offset key value time} of each record, then what is committed.
 */
public final class OldConsumerScenario {
    private static final long WAIT_MS = 60_000;

    private final Clients clients;
    private final String topic;
    private final String[] settings;

    private OldConsumerScenario(String bootstrap, String topic, String[] settings) {
        this.clients = new Clients(bootstrap);
        this.topic = topic;
        this.settings = settings;
    }

    public static void main(String[] arguments) throws Exception {
        String[] given = Arrays.copyOfRange(arguments, 4, arguments.length + 2);
        given[given.length - 2] = "group.id";
        given[given.length - 1] = arguments[2];
        OldConsumerScenario scenario = new OldConsumerScenario(arguments[0], arguments[1], given);
        long count = Long.parseLong(arguments[3]);
        try {
            scenario.readFrom(0, count / 2);
            scenario.readFrom(count / 2, count);
            System.out.println("done");
        } catch (Exception failure) {
            System.out.println("failed: " + failure);
            System.exit(1);
        }
    }

    /** Reads as a member of the group until the offset is reached, commits it, and leaves. */
    private void readFrom(long start, long end) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        KafkaConsumer<String, String> consumer = clients.consumer(settings);
        try {
            Clients.subscribe(consumer, topic);
            long next = start;
            long deadline = System.currentTimeMillis() + WAIT_MS;
            while (next < end) {
                if (System.currentTimeMillis() > deadline) {
                    throw new IllegalStateException("at offset " + next + " nothing more comes");
                }
                for (ConsumerRecord<String, String> record : poll(consumer, 200)) {
                    if (record.offset() != next) {
                        throw new IllegalStateException("offset " + record.offset() + " instead of " + next);
                    }
                    if (next++ < end) {
                        print(record);
                    }
                }
            }
            Later.call(consumer, names("seek"), types(TopicPartition.class, long.class), partition, end);
            Later.call(consumer, names("commitSync"), types());
            System.out.println(
                    "committed " + Clients.committed(consumer, partition).offset());
        } finally {
            consumer.close();
        }
    }

    private static void print(ConsumerRecord<String, String> record) throws Exception {
        boolean timed = Later.find(ConsumerRecord.class, "timestamp") != null;
        Object time = timed ? Later.call(record, names("timestamp"), types()) : "-";
        System.out.println(record.offset() + "\t" + record.key() + "\t" + record.value() + "\t" + time);
    }
}
