package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a group share its partitions as the assignors say, and share anew when something changes. */
class GroupAssignmentTest {
    private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    private final List<KafkaConsumer<String, String>> members = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerProcess.in(directory)
                .with("group.min.session.timeout.ms", "1000")
                .start();
        create("two", 2);
        create("seven", 7);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void leave() {
        members.forEach(member -> member.close());
    }

    @Test
    @Acceptance(62)
    void aThirdMemberOfTwoPartitionsIdles() {
        join("idle", ASSIGNORS + "RangeAssignor", "two", 3);
        settle(() -> sizes().equals(List.of(0, 1, 1)));
    }

    @Test
    @Acceptance(65)
    void rangeGivesRuns() {
        join("range", ASSIGNORS + "RangeAssignor", "seven", 3);
        settle(() -> shares().equals(Set.of(Set.of(0, 1, 2), Set.of(3, 4), Set.of(5, 6))));
    }

    @Test
    @Acceptance(66)
    void roundRobinDealsOut() {
        join("robin", ASSIGNORS + "RoundRobinAssignor", "seven", 3);
        settle(() -> shares().equals(Set.of(Set.of(0, 3, 6), Set.of(1, 4), Set.of(2, 5))));
    }

    @Test
    @Acceptance(67)
    void stickyMembersKeepWhatTheyHadWhenOneLeaves() {
        for (String assignor : List.of("StickyAssignor", "CooperativeStickyAssignor")) {
            join(assignor, ASSIGNORS + assignor, "seven", 3);
            settle(() -> sizes().equals(List.of(2, 2, 3)));
            Set<TopicPartition> first = new HashSet<>(members.get(0).assignment());
            Set<TopicPartition> second = new HashSet<>(members.get(1).assignment());
            members.remove(2).close();
            settle(() -> sizes().equals(List.of(3, 4)));
            assertThat(members.get(0).assignment()).containsAll(first);
            assertThat(members.get(1).assignment()).containsAll(second);
            leave();
            members.clear();
        }
    }

    @Test
    @Acceptance(68)
    void aGroupSharesAnewForNewPartitionsAndNewTopicsOfAPattern() throws Exception {
        create("pattern-a", 1);
        for (int i = 0; i < 2; i++) {
            KafkaConsumer<String, String> member = member("pattern", ASSIGNORS + "RangeAssignor");
            member.subscribe(Pattern.compile("pattern-.*"));
            members.add(member);
        }
        settle(() -> sizes().equals(List.of(0, 1)));
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of("pattern-a", NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }
        settle(() -> sizes().equals(List.of(2, 2)));
        create("pattern-b", 2);
        settle(() -> sizes().equals(List.of(3, 3)));
    }

    private void join(String group, String assignor, String topic, int count) {
        for (int i = 0; i < count; i++) {
            KafkaConsumer<String, String> member = member(group, assignor);
            member.subscribe(List.of(topic));
            members.add(member);
        }
    }

    private static KafkaConsumer<String, String> member(String group, String assignor) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.address(),
                "group.id",
                "assignment-" + group,
                "partition.assignment.strategy",
                assignor,
                "metadata.max.age.ms",
                500,
                "heartbeat.interval.ms",
                300);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** Polls all members in turn until the condition holds. */
    private void settle(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("members have %s", shares()).isLessThan(end);
            members.forEach(member -> member.poll(Duration.ofMillis(20)));
        }
    }

    private List<Integer> sizes() {
        return members.stream()
                .map(member -> member.assignment().size())
                .sorted()
                .toList();
    }

    private Set<Set<Integer>> shares() {
        Set<Set<Integer>> shares = new HashSet<>();
        for (KafkaConsumer<String, String> member : members) {
            Set<Integer> share = new TreeSet<>();
            member.assignment().forEach(partition -> share.add(partition.partition()));
            shares.add(share);
        }
        return shares;
    }

    private static void create(String topic, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.address()));
    }
}
