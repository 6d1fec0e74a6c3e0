package io.barnabas.scenario;

import static io.barnabas.scenario.Clients.cast;
import static io.barnabas.scenario.Clients.names;
import static io.barnabas.scenario.Clients.poll;
import static io.barnabas.scenario.Clients.types;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What an application does with a client, one method a promise: admin, sync and async sends, keys, headers, codecs,
 * acks, idempotence, seek, time lookup, groups of two, commits. Arguments: bootstrap servers, a prefix for topic and
 * group names. Prints {@code ok <promise>} lines; the first broken promise ends it with status 1.
 */
public final class ClientScenario {
    private static final long WAIT_MS = 30_000;

    private final Clients clients;
    private final String prefix;

    private ClientScenario(String bootstrap, String prefix) {
        this.clients = new Clients(bootstrap);
        this.prefix = prefix;
    }

    public static void main(String[] arguments) throws Exception {
        ClientScenario scenario = new ClientScenario(arguments[0], arguments[1]);
        Promises.run("admin", scenario::administers);
        Promises.run("sync", scenario::sendsAndWaits);
        Promises.run("async", scenario::sendsWithCallbacks);
        Promises.run("keys", scenario::keepsAKeyInItsPartition);
        Promises.run("headers", scenario::keepsHeadersAndTimestamps);
        Promises.run("codecs", scenario::compresses);
        Promises.run("acks", scenario::sendsWithEachAcks);
        Promises.run("idempotence", scenario::sendsIdempotently);
        Promises.run("seek", scenario::seeksAndLooksUpTimes);
        Promises.run("group", scenario::sharesAGroupOfTwo);
        Promises.run("commit", scenario::commitsAndGoesOn);
        Promises.run("delete", scenario::deletesItsTopics);
        System.out.println("done");
    }

    private void administers() throws Exception {
        try (AdminClient admin = clients.admin()) {
            create(admin, "admin", 3);
            TopicDescription described = describe(admin, topic("admin"));
            check(described.partitions().size() == 3, "described with %s", described);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic("admin"));
            Config config = admin.describeConfigs(Collections.singleton(resource))
                    .all()
                    .get()
                    .get(resource);
            check(config.get("retention.ms").value().equals("604800000"), "retention %s", config.get("retention.ms"));
            check(admin.listTopics().names().get().contains(topic("admin")), "topic is not listed");
            check(admin.describeCluster().nodes().get().size() == 1, "nodes");
            addPartitions(admin);
        }
    }

    private void addPartitions(AdminClient admin) throws Exception {
        if (!Later.exists("org.apache.kafka.clients.admin.NewPartitions")) {
            return;
        }
        Class<?> type = Class.forName("org.apache.kafka.clients.admin.NewPartitions");
        Object five = type.getMethod("increaseTo", int.class).invoke(null, 5);
        Object result = Later.call(
                admin, names("createPartitions"), types(Map.class), Collections.singletonMap(topic("admin"), five));
        org.apache.kafka.common.KafkaFuture<Void> all = cast(Later.call(result, names("all"), types()));
        all.get(WAIT_MS, TimeUnit.MILLISECONDS);
        check(describe(admin, topic("admin")).partitions().size() == 5, "partitions were not added");
    }

    private void sendsAndWaits() throws Exception {
        createTopic("sync", 1);
        try (KafkaProducer<String, String> producer = clients.producer()) {
            for (int i = 0; i < 20; i++) {
                RecordMetadata metadata = producer.send(new ProducerRecord<>(topic("sync"), "v" + i))
                        .get();
                check(metadata.offset() == i && metadata.partition() == 0, "record %d went to %s", i, metadata);
            }
        }
        List<ConsumerRecord<String, String>> all = readAll("sync", 1, 20);
        for (int i = 0; i < 20; i++) {
            check(all.get(i).offset() == i && all.get(i).value().equals("v" + i), "read %s", all.get(i));
        }
    }

    private void sendsWithCallbacks() throws Exception {
        createTopic("async", 3);
        Map<Integer, Long> last = new ConcurrentHashMap<>();
        AtomicReference<String> failure = new AtomicReference<>();
        try (KafkaProducer<String, String> producer = clients.producer("linger.ms", "5")) {
            for (int i = 0; i < 3_000; i++) {
                producer.send(new ProducerRecord<>(topic("async"), "k" + i, "v" + i), (metadata, error) -> {
                    if (error != null) {
                        failure.set(error.toString());
                        return;
                    }
                    Long before = last.put(metadata.partition(), metadata.offset());
                    if (before != null && metadata.offset() <= before) {
                        failure.set("offset " + metadata + " after " + before);
                    }
                });
            }
            producer.flush();
        }
        check(failure.get() == null, "callback: %s", failure.get());
        Set<String> values = new HashSet<>();
        readAll("async", 3, 3_000).forEach(record -> values.add(record.value()));
        check(values.size() == 3_000, "%d values", values.size());
    }

    private void keepsAKeyInItsPartition() throws Exception {
        createTopic("keys", 5);
        Map<String, Integer> partitions = new HashMap<>();
        try (KafkaProducer<String, String> producer = clients.producer()) {
            for (int i = 0; i < 100; i++) {
                String key = "key-" + i % 10;
                int partition = producer.send(new ProducerRecord<>(topic("keys"), key, "v" + i))
                        .get()
                        .partition();
                Integer before = partitions.put(key, partition);
                check(before == null || before == partition, "key %s moved", key);
            }
            check(new HashSet<>(partitions.values()).size() > 1, "all keys in one partition");
            RecordMetadata chosen = producer.send(new ProducerRecord<>(topic("keys"), 4, "any", "v"))
                    .get();
            check(chosen.partition() == 4, "given partition ignored: %s", chosen);
        }
    }

    private void keepsHeadersAndTimestamps() throws Exception {
        createTopic("headers", 1);
        try (KafkaProducer<String, String> producer = clients.producer()) {
            ProducerRecord<String, String> record =
                    new ProducerRecord<>(topic("headers"), null, 1_500_000_000_000L, "k", "v");
            record.headers().add("first", "eins".getBytes(StandardCharsets.UTF_8));
            record.headers().add("empty", new byte[0]);
            record.headers().add("none", null);
            producer.send(record).get();
            producer.send(new ProducerRecord<>(topic("headers"), null, null)).get();
        }
        List<ConsumerRecord<String, String>> all = readAll("headers", 1, 2);
        ConsumerRecord<String, String> read = all.get(0);
        check(read.timestamp() == 1_500_000_000_000L, "timestamp %d", read.timestamp());
        check(read.headers().toArray().length == 3, "headers %s", read.headers());
        check(
                new String(read.headers().lastHeader("first").value(), StandardCharsets.UTF_8).equals("eins"),
                "header value");
        check(read.headers().lastHeader("none").value() == null, "null header");
        check(all.get(1).key() == null && all.get(1).value() == null, "null record %s", all.get(1));
    }

    private void compresses() throws Exception {
        createTopic("codecs", 1);
        List<String> codecs = new ArrayList<>(Arrays.asList("none", "gzip", "snappy", "lz4"));
        if (Later.exists("com.github.luben.zstd.Zstd")) {
            codecs.add("zstd");
        }
        for (String codec : codecs) {
            try (KafkaProducer<String, String> producer =
                    clients.producer("compression.type", codec, "linger.ms", "50")) {
                for (int i = 0; i < 500; i++) {
                    producer.send(new ProducerRecord<>(topic("codecs"), codec, codec + " and more of it " + i));
                }
            }
        }
        List<ConsumerRecord<String, String>> all = readAll("codecs", 1, 500 * codecs.size());
        for (int i = 0; i < all.size(); i++) {
            String codec = codecs.get(i / 500);
            check(all.get(i).value().equals(codec + " and more of it " + i % 500), "record %d: %s", i, all.get(i));
        }
    }

    private void sendsWithEachAcks() throws Exception {
        createTopic("acks", 1);
        for (String acks : new String[] {"0", "1", "all"}) {
            String[] settings = {"acks", acks, "enable.idempotence", "false"};
            try (KafkaProducer<String, String> producer = clients.producer(settings)) {
                RecordMetadata metadata =
                        producer.send(new ProducerRecord<>(topic("acks"), acks)).get();
                check(acks.equals("0") == (metadata.offset() < 0), "acks=%s answered %s", acks, metadata);
            }
        }
        check(readAll("acks", 1, 3).size() == 3, "records");
    }

    private void sendsIdempotently() throws Exception {
        createTopic("idempotence", 2);
        try (KafkaProducer<String, String> producer =
                clients.producer("enable.idempotence", "true", "acks", "all", "linger.ms", "1")) {
            for (int i = 0; i < 2_000; i++) {
                producer.send(new ProducerRecord<>(topic("idempotence"), i % 2, null, "v" + i));
            }
        }
        check(readAll("idempotence", 2, 2_000).size() == 2_000, "records");
    }

    private void seeksAndLooksUpTimes() throws Exception {
        createTopic("seek", 1);
        TopicPartition partition = new TopicPartition(topic("seek"), 0);
        try (KafkaProducer<String, String> producer = clients.producer()) {
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>(topic("seek"), 0, 1_600_000_000_000L + i * 1_000, null, "v" + i));
            }
        }
        try (KafkaConsumer<String, String> consumer = clients.consumer()) {
            consumer.assign(Collections.singletonList(partition));
            check(consumer.beginningOffsets(Collections.singleton(partition)).get(partition) == 0, "beginning offset");
            check(consumer.endOffsets(Collections.singleton(partition)).get(partition) == 100, "end offset");
            Map<TopicPartition, OffsetAndTimestamp> found =
                    consumer.offsetsForTimes(Collections.singletonMap(partition, 1_600_000_041_500L));
            check(found.get(partition).offset() == 42, "offset by time %s", found);
            Map<TopicPartition, OffsetAndTimestamp> future =
                    consumer.offsetsForTimes(Collections.singletonMap(partition, 1_900_000_000_000L));
            check(future.get(partition) == null, "offset of the future %s", future);
            consumer.seek(partition, 77);
            check(read(consumer, 23).get(0).value().equals("v77"), "first record after seek");
            check(consumer.position(partition) == 100, "position");
        }
    }

    private void sharesAGroupOfTwo() throws Exception {
        createTopic("group", 4);
        try (KafkaProducer<String, String> producer = clients.producer()) {
            for (int i = 0; i < 400; i++) {
                producer.send(new ProducerRecord<>(topic("group"), i % 4, null, "v" + i));
            }
        }
        String[] settings = {"group.id", topic("group"), "session.timeout.ms", "6000", "metadata.max.age.ms", "1000"};
        Set<String> values = ConcurrentHashMap.newKeySet();
        try (GroupMember first = new GroupMember(clients.consumer(settings), topic("group"), values)) {
            awaitTrue(() -> first.assignment().size() == 4, "the first member gets all");
            try (GroupMember second = new GroupMember(clients.consumer(settings), topic("group"), values)) {
                awaitTrue(
                        () -> first.assignment().size() == 2
                                && second.assignment().size() == 2
                                && Collections.disjoint(first.assignment(), second.assignment()),
                        "two members get two each");
            }
            awaitTrue(() -> first.assignment().size() == 4, "the first member gets all again");
            awaitTrue(() -> values.size() == 400, "all records are read");
        }
    }

    private static void awaitTrue(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.currentTimeMillis() + WAIT_MS;
        while (!condition.getAsBoolean()) {
            check(System.currentTimeMillis() < end, "in vain: %s", what);
            Thread.sleep(20);
        }
    }

    private void commitsAndGoesOn() throws Exception {
        createTopic("commit", 1);
        TopicPartition partition = new TopicPartition(topic("commit"), 0);
        try (KafkaProducer<String, String> producer = clients.producer()) {
            for (int i = 0; i < 50; i++) {
                producer.send(new ProducerRecord<>(topic("commit"), "v" + i));
            }
        }
        String[] settings = {"group.id", topic("commit"), "max.poll.records", "10"};
        try (KafkaConsumer<String, String> consumer = clients.consumer(settings)) {
            consumer.subscribe(Collections.singletonList(topic("commit")));
            check(read(consumer, 10).size() == 10, "first ten");
            consumer.commitSync(
                    Collections.singletonMap(partition, new OffsetAndMetadata(10, "ten \u00e4\u00f6\u00fc")));
        }
        try (KafkaConsumer<String, String> consumer = clients.consumer(settings)) {
            consumer.subscribe(Collections.singletonList(topic("commit")));
            OffsetAndMetadata committed = Clients.committed(consumer, partition);
            check(
                    committed.offset() == 10 && committed.metadata().equals("ten \u00e4\u00f6\u00fc"),
                    "committed %s",
                    committed);
            check(read(consumer, 10).get(0).value().equals("v10"), "first record after the commit");
            AtomicReference<Object> outcome = new AtomicReference<>();
            consumer.commitAsync(
                    Collections.singletonMap(partition, new OffsetAndMetadata(20)),
                    (offsets, error) -> outcome.set(error == null ? offsets : error));
            long end = System.currentTimeMillis() + WAIT_MS;
            while (outcome.get() == null && System.currentTimeMillis() < end) {
                poll(consumer, 50);
            }
            check(outcome.get() instanceof Map, "async commit: %s", outcome.get());
            check(Clients.committed(consumer, partition).offset() == 20, "async commit was not kept");
        }
    }

    private void deletesItsTopics() throws Exception {
        try (AdminClient admin = clients.admin()) {
            admin.deleteTopics(Arrays.asList(topic("admin"), topic("keys")))
                    .all()
                    .get();
            long end = System.currentTimeMillis() + WAIT_MS;
            while (admin.listTopics().names().get().contains(topic("admin"))) {
                check(System.currentTimeMillis() < end, "topic is still there");
            }
        }
    }

    private void createTopic(String name, int partitions) throws Exception {
        try (AdminClient admin = clients.admin()) {
            create(admin, name, partitions);
        }
    }

    private void create(AdminClient admin, String name, int partitions) throws Exception {
        admin.createTopics(Collections.singleton(new NewTopic(topic(name), partitions, (short) 1)))
                .all()
                .get();
    }

    private static TopicDescription describe(AdminClient admin, String topic) throws Exception {
        Object result = admin.describeTopics(Collections.singleton(topic));
        org.apache.kafka.common.KafkaFuture<Map<String, TopicDescription>> all =
                cast(Later.call(result, names("allTopicNames", "all"), types()));
        return all.get().get(topic);
    }

    private List<ConsumerRecord<String, String>> readAll(String name, int partitions, int count) throws Exception {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(topic(name), i));
        }
        try (KafkaConsumer<String, String> consumer = clients.consumer()) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            return read(consumer, count);
        }
    }

    /** Reads until {@code count} records are there; fails when they do not come or more come. */
    private static List<ConsumerRecord<String, String>> read(KafkaConsumer<String, String> consumer, int count)
            throws Exception {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long end = System.currentTimeMillis() + WAIT_MS;
        while (records.size() < count) {
            check(System.currentTimeMillis() < end, "%d records of %d", records.size(), count);
            poll(consumer, 200).forEach(records::add);
        }
        check(records.size() == count, "%d records instead of %d", records.size(), count);
        return records;
    }

    private String topic(String name) {
        return prefix + "-" + name;
    }

    private static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new AssertionError(String.format(format, arguments));
        }
    }
}
