package io.barnabas.compat.powercut;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is there after a power cut and compares it with what was acknowledged before. Of the numbered records it
 * remembers what it has seen, and reads on from there; {@link #readAllAgain} forgets that. Confined to one thread.
 */
final class Survivors {
    private static final long SHOWS_WITHIN_SECONDS = 10;

    private final String address;
    private BitSet seen = new BitSet();
    private Map<TopicPartition, Long> positions = new HashMap<>();
    private Map<TopicPartition, Integer> lastNumbers = new HashMap<>();

    Survivors(String address) {
        this.address = address;
    }

    void readAllAgain() {
        seen = new BitSet();
        positions = new HashMap<>();
        lastNumbers = new HashMap<>();
    }

    /** All that was acknowledged by the time of the cut. */
    record Before(BitSet numbers, long[] lastOfKeys, long groupOffset) {
        static Before of(Acknowledged acknowledged) {
            return new Before(acknowledged.numbers(), acknowledged.lastOfKeys(), acknowledged.groupOffset());
        }
    }

    /**
     * What is there is seen once it is known to be durable again, which takes the broker a moment after its start; so a
     * record counts as lost when it does not show within some seconds.
     */
    void check(Before before) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHOWS_WITHIN_SECONDS);
            String lost = lost(consumer, before);
            while (!lost.isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
                lost = lost(consumer, before);
            }
            check(lost.isEmpty(), "acknowledged, but lost: %s", lost);
        }
        checkGroup(before.groupOffset);
    }

    private String lost(KafkaConsumer<byte[], byte[]> consumer, Before before) {
        readNumbered(consumer);
        BitSet missing = (BitSet) before.numbers.clone();
        missing.andNot(seen);
        return missing.isEmpty() ? lostKey(consumer, before.lastOfKeys) : missing.toString();
    }

    private void readNumbered(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = IntStream.range(0, Traffic.PARTITIONS)
                .mapToObj(i -> new TopicPartition(Traffic.NUMBERED, i))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long from = positions.getOrDefault(partition, 0L);
            if (ends.get(partition) < from) {
                return;
            }
            consumer.seek(partition, from);
        }
        readTo(consumer, ends, record -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            int number = numberOf(record);
            check(!seen.get(number), "record %d is there twice", number);
            check(number > lastNumbers.getOrDefault(partition, -1), "record %d is out of order", number);
            check(
                    record.offset() == positions.getOrDefault(partition, 0L),
                    "%s goes on at %d",
                    partition,
                    record.offset());
            seen.set(number);
            lastNumbers.put(partition, number);
            positions.put(partition, record.offset() + 1);
        });
    }

    /** Empty when each key has its last acknowledged value or a later one. */
    private static String lostKey(KafkaConsumer<byte[], byte[]> consumer, long[] acknowledged) {
        TopicPartition partition = new TopicPartition(Traffic.KEYED, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long[] last = new long[Traffic.KEYS];
        Arrays.fill(last, -1);
        readTo(consumer, consumer.endOffsets(List.of(partition)), record -> last[record.key()[0]] = numberOf(record));
        for (int key = 0; key < last.length; key++) {
            if (last[key] < acknowledged[key]) {
                return "key " + key + " is at " + last[key] + ", was at " + acknowledged[key];
            }
        }
        return "";
    }

    private interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    private static void readTo(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Reader reader) {
        while (ends.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            // More than was asked for may come; it is there too.
            consumer.poll(Duration.ofMillis(200)).forEach(reader::read);
        }
    }

    private void checkGroup(long acknowledged) throws Exception {
        if (acknowledged == 0) {
            return;
        }
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address))) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(Traffic.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(Traffic.NUMBERED, 0));
            check(
                    committed != null && committed.offset() >= acknowledged,
                    "the group is at %s, was at %d",
                    committed,
                    acknowledged);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        address,
                        "enable.auto.commit",
                        false,
                        "reconnect.backoff.max.ms",
                        100,
                        "max.poll.records",
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static int numberOf(ConsumerRecord<byte[], byte[]> record) {
        return ByteBuffer.wrap(record.value()).getInt();
    }

    private static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new AssertionError(String.format(format, arguments));
        }
    }
}
