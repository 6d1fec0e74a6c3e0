package io.barnabas.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * What an application does with transactions, one method a promise. Arguments: bootstrap servers, a prefix for the names
 * of topics, groups and transactional ids. Prints {@code ok <promise>} lines; the first broken promise ends it with
 * status 1.
 */
public final class TransactionScenario {
    private static final long WAIT_MS = 30_000;
    private static final long QUIET_MS = 500;

    private final Clients clients;
    private final String prefix;

    private TransactionScenario(String bootstrap, String prefix) {
        this.clients = new Clients(bootstrap);
        this.prefix = prefix;
    }

    public static void main(String[] arguments) throws Exception {
        TransactionScenario scenario = new TransactionScenario(arguments[0], arguments[1]);
        Promises.run("commit", scenario::commits);
        Promises.run("abort", scenario::aborts);
        Promises.run("mixed", scenario::showsAllOrNothing);
        Promises.run("open", scenario::hidesWhatIsOpen);
        Promises.run("offsets", scenario::commitsOffsetsWithTheTransaction);
        Promises.run("fencing", scenario::fencesAZombie);
        Promises.run("empty", scenario::endsTransactionsWithoutRecords);
        System.out.println("done");
    }

    private void commits() throws Exception {
        createTopic("commit", 3);
        try (KafkaProducer<String, String> producer = transactional("commit")) {
            for (int transaction = 0; transaction < 5; transaction++) {
                producer.beginTransaction();
                send(producer, "commit", "c" + transaction + "-", 10);
                producer.commitTransaction();
            }
        }
        check(readCommitted("commit", 3, 50).size() == 50, "not all records of five transactions are there");
    }

    private void aborts() throws Exception {
        createTopic("abort", 3);
        try (KafkaProducer<String, String> producer = transactional("abort")) {
            producer.beginTransaction();
            send(producer, "abort", "never-", 10);
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "abort", "yes-", 1);
            producer.commitTransaction();
        }
        List<String> committed = readCommitted("abort", 3, 1);
        check(committed.equals(Collections.singletonList("yes-0")), "read_committed has seen %s", committed);
        check(read("abort", 3, 11, "read_uncommitted").size() == 11, "read_uncommitted has not seen all");
    }

    private void showsAllOrNothing() throws Exception {
        createTopic("mixed", 1);
        List<String> expected = new ArrayList<>();
        try (KafkaProducer<String, String> one = transactional("mixed-1");
                KafkaProducer<String, String> two = transactional("mixed-2");
                KafkaProducer<String, String> plain = clients.producer()) {
            for (int round = 0; round < 20; round++) {
                one.beginTransaction();
                two.beginTransaction();
                send(one, "mixed", "one" + round + "-", 3);
                one.flush();
                send(two, "mixed", "two" + round + "-", 3);
                two.flush();
                plain.send(new ProducerRecord<>(topic("mixed"), "plain" + round))
                        .get();
                expected.add("plain" + round);
                end(one, round % 2 == 0, "one" + round + "-", expected);
                end(two, round % 3 == 0, "two" + round + "-", expected);
            }
        }
        List<String> seen = new ArrayList<>(readCommitted("mixed", 1, expected.size()));
        Collections.sort(seen);
        Collections.sort(expected);
        check(seen.equals(expected), "read_committed has seen %s instead of %s", seen, expected);
    }

    private static void end(
            KafkaProducer<String, String> producer, boolean commit, String values, List<String> expected) {
        if (commit) {
            producer.commitTransaction();
            expected.addAll(Arrays.asList(values + 0, values + 1, values + 2));
        } else {
            producer.abortTransaction();
        }
    }

    private void hidesWhatIsOpen() throws Exception {
        createTopic("open", 1);
        try (KafkaProducer<String, String> producer = transactional("open");
                KafkaConsumer<String, String> consumer = reader("open", 1, "read_committed")) {
            producer.beginTransaction();
            send(producer, "open", "o", 5);
            producer.flush();
            List<String> early = new ArrayList<>();
            Clients.poll(consumer, QUIET_MS).forEach(record -> early.add(record.value()));
            check(early.isEmpty(), "records of an open transaction were shown: %s", early);
            producer.commitTransaction();
            check(collect(consumer, 5).size() == 5, "the records did not come with the commit");
        }
    }

    private void commitsOffsetsWithTheTransaction() throws Exception {
        createTopic("in", 1);
        createTopic("out", 1);
        try (KafkaProducer<String, String> plain = clients.producer()) {
            send(plain, "in", "i", 10);
        }
        String group = prefix + "-group";
        TopicPartition in = new TopicPartition(topic("in"), 0);
        try (KafkaProducer<String, String> producer = transactional("offsets");
                KafkaConsumer<String, String> consumer =
                        clients.consumer("group.id", group, "isolation.level", "read_committed")) {
            consumer.subscribe(Collections.singletonList(topic("in")));
            List<String> values = collect(consumer, 10);
            producer.beginTransaction();
            send(producer, "out", "lost", 1);
            Transactional.sendOffsets(producer, in, new OffsetAndMetadata(3), group);
            producer.abortTransaction();
            check(Clients.committed(consumer, in) == null, "an aborted transaction has moved the group");

            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic("out"), value + "!"));
            }
            Transactional.sendOffsets(producer, in, new OffsetAndMetadata(10, "m"), group);
            producer.commitTransaction();
            awaitCommitted(consumer, in, 10);
        }
        List<String> out = readCommitted("out", 1, 10);
        check(out.size() == 10 && out.get(0).equals("i0!"), "the output is %s", out);
    }

    /** Before 2.5 clients do not ask for stable offsets, and may see the old one while markers are under way. */
    private static void awaitCommitted(KafkaConsumer<String, String> consumer, TopicPartition in, long offset)
            throws Exception {
        long deadline = System.currentTimeMillis() + WAIT_MS;
        OffsetAndMetadata committed = Clients.committed(consumer, in);
        while ((committed == null || committed.offset() != offset) && System.currentTimeMillis() < deadline) {
            Clients.poll(consumer, 50);
            committed = Clients.committed(consumer, in);
        }
        check(committed != null && committed.offset() == offset, "the group is at %s", committed);
    }

    private void fencesAZombie() throws Exception {
        createTopic("fence", 1);
        try (KafkaProducer<String, String> zombie = transactional("fence")) {
            zombie.beginTransaction();
            send(zombie, "fence", "zombie", 3);
            zombie.flush();
            try (KafkaProducer<String, String> next = transactional("fence")) {
                next.beginTransaction();
                send(next, "fence", "next", 2);
                next.commitTransaction();
            }
            check(isFenced(zombie), "the zombie was allowed to commit");
        }
        List<String> seen = readCommitted("fence", 1, 2);
        check(seen.equals(Arrays.asList("next0", "next1")), "read_committed has seen %s", seen);
    }

    private static boolean isFenced(KafkaProducer<String, String> zombie) {
        try {
            zombie.commitTransaction();
            return false;
        } catch (ProducerFencedException fenced) {
            return true;
        } catch (RuntimeException other) {
            // Releases from 2.7 may say that the epoch is too old, which is not fatal by its type.
            return other.toString().contains("Epoch")
                    || String.valueOf(other.getCause()).contains("Epoch");
        }
    }

    private void endsTransactionsWithoutRecords() throws Exception {
        try (KafkaProducer<String, String> producer = transactional("empty")) {
            producer.beginTransaction();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.commitTransaction();
        }
    }

    private KafkaProducer<String, String> transactional(String id) {
        KafkaProducer<String, String> producer = clients.producer(
                "transactional.id", prefix + "-" + id, "enable.idempotence", "true", "transaction.timeout.ms", "30000");
        producer.initTransactions();
        return producer;
    }

    private void send(KafkaProducer<String, String> producer, String name, String values, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            producer.send(new ProducerRecord<>(topic(name), values + i));
        }
    }

    private List<String> readCommitted(String name, int partitions, int expected) throws Exception {
        return read(name, partitions, expected, "read_committed");
    }

    private List<String> read(String name, int partitions, int expected, String isolation) throws Exception {
        try (KafkaConsumer<String, String> consumer = reader(name, partitions, isolation)) {
            List<String> values = collect(consumer, expected);
            while (!hasReadAll(consumer)) {
                Clients.poll(consumer, 50).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static boolean hasReadAll(KafkaConsumer<String, String> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private KafkaConsumer<String, String> reader(String name, int partitions, String isolation) {
        KafkaConsumer<String, String> consumer = clients.consumer("isolation.level", isolation);
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic(name), partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    private static List<String> collect(KafkaConsumer<String, String> consumer, int expected) throws Exception {
        List<String> values = new ArrayList<>();
        long deadline = System.currentTimeMillis() + WAIT_MS;
        while (values.size() < expected && System.currentTimeMillis() < deadline) {
            Clients.poll(consumer, 50).forEach(record -> values.add(record.value()));
        }
        return values;
    }

    private void createTopic(String name, int partitions) throws Exception {
        try (AdminClient admin = clients.admin()) {
            admin.createTopics(Collections.singleton(new NewTopic(topic(name), partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private String topic(String name) {
        return prefix + "-" + name;
    }

    private static void check(boolean kept, String message, Object... arguments) {
        if (!kept) {
            throw new AssertionError(String.format(message, arguments));
        }
    }
}
