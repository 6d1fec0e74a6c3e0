package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The topic of committed offsets is compacted while its coordinator works, and tells the same afterwards. */
@Timeout(120)
class CompactedOffsetsTest {
    private static final int PARTITIONS = 100;
    private static final int COMMITS = 1_000;
    private static final Map<String, String> SETTINGS = Map.of(
            "offsets.topic.num.partitions", "1",
            "offsets.topic.segment.bytes", "200000",
            "log.cleaner.backoff.ms", "100",
            "log.cleaner.dedupe.buffer.size", "4000000",
            "log.cleaner.io.buffer.size", "1000000");

    @TempDir
    Path data;

    @Test
    @Acceptance(97)
    void aHundredThousandCommitsShrinkAndAreLoadedAgain() throws Exception {
        Map<TopicPartition, Long> expected = new HashMap<>();
        try (BrokerServer broker = BrokerFixture.started(data, SETTINGS);
                Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("t", PARTITIONS, (short) 1)))
                    .all()
                    .get();
            for (int commit = 0; commit < COMMITS; commit++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    expected.put(new TopicPartition("t", partition), 1_000L * partition + commit);
                }
                commit(admin, "steady", expected);
                if (commit == 10) {
                    commit(admin, "gone", expected);
                    admin.deleteConsumerGroups(List.of("gone")).all().get();
                }
            }
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(compactedUpTo()).isGreaterThan(90_000));
            assertThat(committed(admin, "steady")).isEqualTo(expected);
        }
        assertThat(bytesOfLog()).isLessThan(2_000_000);
        try (BrokerServer broker = BrokerFixture.started(data, SETTINGS);
                Admin admin = admin(broker)) {
            assertThat(committed(admin, "steady")).isEqualTo(expected);
            assertThat(committed(admin, "gone")).isEmpty();
        }
    }

    private static Admin admin(BrokerServer broker) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BrokerFixture.address(broker)));
    }

    private static void commit(Admin admin, String group, Map<TopicPartition, Long> offsets) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group,
                        offsets.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, entry -> new OffsetAndMetadata(entry.getValue()))))
                .all()
                .get();
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String group) throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private long compactedUpTo() throws IOException {
        for (String line : Files.readAllLines(data.resolve("logs/cleaner-offset-checkpoint"))) {
            if (line.startsWith("__consumer_offsets 0 ")) {
                return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return -1;
    }

    private long bytesOfLog() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("logs/__consumer_offsets-0"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
