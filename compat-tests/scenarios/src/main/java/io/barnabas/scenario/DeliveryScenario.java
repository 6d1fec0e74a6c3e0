package io.barnabas.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that delivers values to a file in one of three ways: {@code at-most-once} commits a batch before it is
 * delivered, {@code at-least-once} after; {@code exactly-once} commits nothing and keeps the next offset in the file, which
 * stands for a database where both change in one transaction. Arguments: bootstrap servers, the way, a topic of one
 * partition, the file, and after how many values it dies at once, as if killed (0: never). Ends when everything is read.
 */
public final class DeliveryScenario {
    private final KafkaConsumer<String, String> consumer;
    private final TopicPartition partition;
    private final Path file;
    private final long diesAfter;
    private long delivered;

    private DeliveryScenario(String bootstrap, String way, String topic, Path file, long diesAfter) {
        this.consumer = new Clients(bootstrap).consumer("group.id", topic + "-" + way, "max.poll.records", "10");
        this.partition = new TopicPartition(topic, 0);
        this.file = file;
        this.diesAfter = diesAfter;
    }

    public static void main(String[] arguments) throws Exception {
        new DeliveryScenario(
                        arguments[0], arguments[1], arguments[2], Paths.get(arguments[3]), Long.parseLong(arguments[4]))
                .run(arguments[1]);
        System.out.println("done");
    }

    private void run(String way) throws Exception {
        consumer.assign(Collections.singletonList(partition));
        boolean keepsOffset = way.equals("exactly-once");
        if (keepsOffset) {
            consumer.seek(partition, keptOffset());
        }
        long end = consumer.endOffsets(Collections.singletonList(partition)).get(partition);
        while (consumer.position(partition) < end) {
            ConsumerRecords<String, String> batch = Clients.poll(consumer, 200);
            if (batch.isEmpty()) {
                continue;
            }
            switch (way) {
                case "at-most-once" -> {
                    consumer.commitSync();
                    deliver(batch);
                }
                case "at-least-once" -> {
                    deliver(batch);
                    consumer.commitSync();
                }
                default -> deliverWithOffset(batch);
            }
        }
        consumer.close();
    }

    private void deliver(ConsumerRecords<String, String> batch) throws IOException {
        for (ConsumerRecord<String, String> record : batch) {
            Files.writeString(file, record.value() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            dieIfItIsTime();
        }
    }

    /** The file has the next offset in its first line, and is replaced as a whole. */
    private void deliverWithOffset(ConsumerRecords<String, String> batch) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.valueOf(consumer.position(partition)));
        if (Files.exists(file)) {
            List<String> before = Files.readAllLines(file);
            lines.addAll(before.subList(1, before.size()));
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        for (ConsumerRecord<String, String> record : batch) {
            lines.add(record.value());
            Files.write(next, lines);
            dieIfItIsTime();
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private long keptOffset() throws IOException {
        return Files.exists(file) ? Long.parseLong(Files.readAllLines(file).get(0)) : 0;
    }

    private void dieIfItIsTime() {
        if (++delivered == diesAfter) {
            Runtime.getRuntime().halt(137);
        }
    }
}
