package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * A broker with two log directories loses one while clients use both, and gets it back for its next start: what has to go
 * on meanwhile, what clients are told, and that everything acknowledged is there in the end.
 */
public final class LostDirectory implements AutoCloseable {
    private static final String TOPIC = "spread";
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BrokerProcess broker;
    private final Path good;
    private final Path bad;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final Admin admin;
    private final Map<Integer, Set<String>> acknowledged = new TreeMap<>();
    private int sent;

    /** @param broker not started yet, and without log directories */
    public LostDirectory(BrokerProcess broker, Path good, Path bad) {
        this.good = good;
        this.bad = bad;
        this.broker = broker.with("log.dirs", good + "," + bad)
                .with("replica.high.watermark.checkpoint.interval.ms", "200")
                .start();
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.address());
        settings.put("metadata.max.age.ms", "500");
        this.admin = Admin.create(settings);
        settings.put("auto.offset.reset", "earliest");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        settings.remove("auto.offset.reset");
        // Each attempt to write into what is lost takes that long; what is there has to be answered by then.
        settings.put("request.timeout.ms", "2000");
        settings.put("delivery.timeout.ms", "4000");
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    public void run(Runnable lose, Runnable giveBack) throws Exception {
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                .all()
                .get();
        assertThat(sendToEach(100)).isEmpty();
        Set<Integer> lost = partitionsIn(bad);
        Set<Integer> kept = partitionsIn(good);
        assertThat(lost).hasSize(PARTITIONS / 2);
        assertThat(kept).hasSize(PARTITIONS / 2);

        lose.run();
        Awaitility.await("the controller to hear of it").atMost(PATIENCE).until(() -> {
            sendToEach(1);
            return leaderless().equals(lost);
        });
        assertThat(broker.log()).contains("Log directory " + bad + " is offline from now on");
        assertThat(sendToEach(100)).isEqualTo(lost);
        assertThat(offlineReplicas()).isEqualTo(lost);
        assertThat(description(bad).error()).isInstanceOf(KafkaStorageException.class);
        assertThat(description(good).error()).isNull();
        readsAllOf(kept);

        broker.stop();
        giveBack.run();
        broker.start();
        assertThat(sendToEach(100)).isEmpty();
        assertThat(leaderless()).isEmpty();
        assertThat(offlineReplicas()).isEmpty();
        assertThat(description(bad).error()).isNull();
        readsAllOf(lost);
        readsAllOf(kept);
    }

    /** Answers with the partitions that took none of their records, or not all of them. */
    private Set<Integer> sendToEach(int records) throws InterruptedException {
        Map<ProducerRecord<String, String>, Future<RecordMetadata>> answers = new HashMap<>();
        for (int i = 0; i < records * PARTITIONS; i++) {
            ProducerRecord<String, String> record =
                    new ProducerRecord<>(TOPIC, i % PARTITIONS, null, Integer.toString(sent++));
            answers.put(record, producer.send(record));
        }
        Set<Integer> refused = new TreeSet<>();
        for (Map.Entry<ProducerRecord<String, String>, Future<RecordMetadata>> answer : answers.entrySet()) {
            ProducerRecord<String, String> record = answer.getKey();
            try {
                answer.getValue().get();
                acknowledged
                        .computeIfAbsent(record.partition(), unused -> new TreeSet<>())
                        .add(record.value());
            } catch (ExecutionException failed) {
                assertThat(failed.getCause()).isInstanceOf(TimeoutException.class);
                refused.add(record.partition());
            }
        }
        return refused;
    }

    private void readsAllOf(Set<Integer> partitions) {
        List<TopicPartition> names = partitions.stream()
                .map(index -> new TopicPartition(TOPIC, index))
                .toList();
        consumer.assign(names);
        consumer.seekToBeginning(names);
        Map<Integer, Set<String>> read = new TreeMap<>();
        Awaitility.await("all records of " + partitions)
                .atMost(PATIENCE)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(record -> read.computeIfAbsent(record.partition(), unused -> new TreeSet<>())
                                    .add(record.value()));
                    return partitions.stream()
                            .allMatch(index ->
                                    read.containsKey(index) && read.get(index).containsAll(acknowledged.get(index)));
                });
    }

    private Set<Integer> partitionsIn(Path directory) throws Exception {
        Set<Integer> partitions = new TreeSet<>();
        description(directory).replicaInfos().keySet().stream()
                .filter(name -> name.topic().equals(TOPIC))
                .forEach(name -> partitions.add(name.partition()));
        return partitions;
    }

    private LogDirDescription description(Path directory) throws Exception {
        return admin.describeLogDirs(List.of(0)).allDescriptions().get().get(0).get(directory.toString());
    }

    private Set<Integer> leaderless() {
        Set<Integer> found = new TreeSet<>();
        for (PartitionInfo partition : metadata()) {
            Node leader = partition.leader();
            if (leader == null || leader.isEmpty()) {
                found.add(partition.partition());
            }
        }
        return found;
    }

    private Set<Integer> offlineReplicas() {
        Set<Integer> found = new TreeSet<>();
        for (PartitionInfo partition : metadata()) {
            if (partition.offlineReplicas().length > 0) {
                found.add(partition.partition());
            }
        }
        return found;
    }

    private List<PartitionInfo> metadata() {
        return new ArrayList<>(consumer.listTopics().get(TOPIC));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
        admin.close();
        broker.close();
    }
}
