package io.barnabas.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Consumes, transforms and produces exactly once: each value of one topic goes, with a "!", to the same partition of
 * another, in transactions that hold the offsets too. One in seven is aborted and done again. Whatever fails, it begins
 * anew as a restarted application would. Arguments: bootstrap servers; a prefix for topics, group and transactional id; a
 * file: once that exists, it ends as soon as everything is read.
 */
public final class ExactlyOnceScenario implements ConsumerRebalanceListener, AutoCloseable {
    private static final int ABORTED_ONE_IN = 7;
    private static final long POLL_MS = 200;

    /** Consumers from 2.5 wait for offsets of transactions that are being decided; producers know for whom they work. */
    private static final boolean OFFSETS_ARE_STABLE = Transactional.knowsGroups();

    private final Clients clients;
    private final String prefix;
    private final Path end;
    private final KafkaConsumer<String, String> consumer;
    private KafkaProducer<String, String> producer;
    private RuntimeException failure;
    private int transactions;

    private ExactlyOnceScenario(String bootstrap, String prefix, Path end) {
        this.clients = new Clients(bootstrap);
        this.prefix = prefix;
        this.end = end;
        this.consumer = clients.consumer(
                "group.id",
                prefix + "-group",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                "100",
                "session.timeout.ms",
                "10000",
                "reconnect.backoff.max.ms",
                "200");
    }

    public static void main(String[] arguments) throws Exception {
        int transactions = 0;
        for (int incarnation = 1; ; incarnation++) {
            ExactlyOnceScenario scenario = new ExactlyOnceScenario(arguments[0], arguments[1], Paths.get(arguments[2]));
            try (ExactlyOnceScenario closed = scenario) {
                closed.work();
                transactions += closed.transactions;
                System.out.println("done after " + transactions + " transactions, as number " + incarnation);
                return;
            } catch (Exception failed) {
                transactions += scenario.transactions;
                System.err.println("number " + incarnation + " has failed: " + failed);
            }
        }
    }

    private void work() throws Exception {
        // What the one before left open is decided before offsets are read.
        beginAnew();
        consumer.subscribe(Collections.singletonList(prefix + "-in"), this);
        while (true) {
            ConsumerRecords<String, String> records = Clients.poll(consumer, POLL_MS);
            if (failure != null) {
                throw failure;
            }
            if (!records.isEmpty()) {
                transact(records);
            } else if (Files.exists(end) && hasReadAll()) {
                return;
            }
        }
    }

    private boolean hasReadAll() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        return !ends.isEmpty()
                && ends.entrySet().stream().allMatch(one -> consumer.position(one.getKey()) >= one.getValue());
    }

    private void transact(ConsumerRecords<String, String> records) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        Map<TopicPartition, Long> first = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<String, String> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            first.putIfAbsent(partition, record.offset());
            next.put(partition, new OffsetAndMetadata(record.offset() + 1));
            producer.send(new ProducerRecord<>(prefix + "-out", record.partition(), null, record.value() + "!"));
        }
        transactions++;
        if (transactions % ABORTED_ONE_IN == 0) {
            producer.flush();
            producer.abortTransaction();
            first.forEach(consumer::seek);
        } else {
            Transactional.sendOffsets(producer, next, consumer, prefix + "-group");
            producer.commitTransaction();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    /** Old consumers would read offsets that a transaction of ours is about to change; an initialised producer has none. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!OFFSETS_ARE_STABLE) {
            try {
                beginAnew();
            } catch (RuntimeException failed) {
                // Consumers before 2.5 do not care what comes of this call.
                failure = failed;
            }
        }
    }

    private void beginAnew() {
        closeProducer();
        producer = clients.producer(
                "transactional.id", prefix + "-tx", "enable.idempotence", "true", "reconnect.backoff.max.ms", "200");
        producer.initTransactions();
    }

    private void closeProducer() {
        if (producer != null) {
            Transactional.closeAtOnce(producer);
            producer = null;
        }
    }

    @Override
    public void close() {
        closeProducer();
        consumer.close();
    }
}
