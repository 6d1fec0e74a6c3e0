package io.barnabas.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Transactions that are left to another broker: {@code begin} writes committed and aborted ones into three partitions
 * and ends as if killed, one being open in partition 1; {@code later} commits behind it; {@code resume} takes the open
 * one over; {@code read} prints what is committed and {@code position} how far the group is.
 */
public final class TransactionsLeftScenario {
    private static final String TOPIC = "left";
    private static final String GROUP = "left-group";
    private static final int PARTITIONS = 3;
    private static final int ROUNDS = 12;
    private static final long QUIET_MS = 2_000;
    private static final long START_MS = 20_000;

    private final Clients clients;

    private TransactionsLeftScenario(String bootstrap) {
        this.clients = new Clients(bootstrap);
    }

    public static void main(String[] arguments) throws Exception {
        TransactionsLeftScenario scenario = new TransactionsLeftScenario(arguments[0]);
        switch (arguments[1]) {
            case "begin":
                scenario.begin();
                break;
            case "later":
                scenario.later();
                break;
            case "resume":
                scenario.resume();
                break;
            case "read":
                scenario.read();
                break;
            default:
                scenario.position();
        }
        System.out.flush();
        // Nobody closes a producer here: that would end its transaction.
        Runtime.getRuntime().halt(0);
    }

    private void begin() throws Exception {
        try (AdminClient admin = clients.admin()) {
            admin.createTopics(Collections.singleton(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        KafkaProducer<String, String> one = transactional("one");
        KafkaProducer<String, String> two = transactional("two");
        for (int round = 0; round < ROUNDS; round++) {
            one.beginTransaction();
            two.beginTransaction();
            boolean oneCommits = round % 2 == 0;
            boolean twoCommits = round % 3 == 0;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(one, partition, (oneCommits ? "yes" : "no") + "-one-" + round);
                send(two, partition, (twoCommits ? "yes" : "no") + "-two-" + round);
            }
            one.flush();
            two.flush();
            Transactional.sendOffsets(one, partition(0), new OffsetAndMetadata(round), GROUP);
            end(two, twoCommits);
            end(one, oneCommits);
        }
        KafkaProducer<String, String> open = transactional("open");
        open.beginTransaction();
        send(open, 1, "open-0");
        send(open, 1, "open-1");
        open.flush();
        Transactional.sendOffsets(open, partition(0), new OffsetAndMetadata(77), GROUP);
    }

    private static void end(KafkaProducer<String, String> producer, boolean commits) {
        if (commits) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private void later() throws Exception {
        KafkaProducer<String, String> producer = transactional("later");
        producer.beginTransaction();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(producer, partition, "later-0");
        }
        producer.commitTransaction();
    }

    private void resume() throws Exception {
        KafkaProducer<String, String> producer = transactional("open");
        producer.beginTransaction();
        send(producer, 1, "again-0");
        producer.commitTransaction();
    }

    private void read() throws Exception {
        KafkaConsumer<String, String> consumer = clients.consumer("isolation.level", "read_committed");
        List<TopicPartition> all = new ArrayList<>(Arrays.asList(partition(0), partition(1), partition(2)));
        consumer.assign(all);
        consumer.seekToBeginning(all);
        long quietFrom = System.currentTimeMillis() + START_MS;
        while (System.currentTimeMillis() < quietFrom) {
            ConsumerRecords<String, String> records = Clients.poll(consumer, 200);
            for (ConsumerRecord<String, String> record : records) {
                System.out.println(record.partition() + " " + record.value());
            }
            if (!records.isEmpty()) {
                quietFrom = System.currentTimeMillis() + QUIET_MS;
            }
        }
    }

    private void position() throws Exception {
        KafkaConsumer<String, String> consumer = clients.consumer("group.id", GROUP);
        System.out.println(Clients.committed(consumer, partition(0)).offset());
    }

    private KafkaProducer<String, String> transactional(String id) {
        KafkaProducer<String, String> producer = clients.producer(
                "transactional.id", TOPIC + "-" + id, "enable.idempotence", "true", "transaction.timeout.ms", "900000");
        producer.initTransactions();
        return producer;
    }

    private static void send(KafkaProducer<String, String> producer, int partition, String value) throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, partition, null, value));
    }

    private static TopicPartition partition(int index) {
        return new TopicPartition(TOPIC, index);
    }
}
