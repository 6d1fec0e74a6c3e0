package io.barnabas.cluster.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.controller.SimulatedBroker;
import io.barnabas.cluster.controller.SimulatedCluster;
import io.barnabas.cluster.store.NodeKind;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.config.BrokerConfig;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicCommandsTest {
    private static final int TIMEOUT_MS = 30_000;

    private final SimulatedCluster cluster = new SimulatedCluster();
    private SimulatedBroker broker;
    private TopicCommands commands;

    @BeforeEach
    void startBroker() {
        broker = cluster.start(1);
        commands = new TopicCommands(
                broker.store(),
                broker.metadata(),
                () -> BrokerConfig.of(Map.of("num.partitions", "3")),
                cluster.time(),
                Seeds.random(1));
    }

    @AfterEach
    void expectNoFaults() {
        assertThat(cluster.faults().faults()).isEmpty();
    }

    private static NewTopic topic(String name, int partitions, int factor) {
        return new NewTopic(name, partitions, factor, Map.of(), Map.of());
    }

    private TopicOutcome create(NewTopic topic) {
        return cluster.await(commands.create(List.of(topic), TIMEOUT_MS, false)).get(0);
    }

    private void assertRefused(NewTopic topic, ErrorCode error, String message) {
        TopicOutcome outcome = create(topic);
        assertThat(outcome.error()).isEqualTo(error);
        assertThat(outcome.message()).isEqualTo(message);
        assertThat(cluster.server().contains("/config/topics/" + topic.name())).isFalse();
    }

    // --- creating

    @Test
    void answersWhenAllPartitionsHaveALeader() {
        TopicOutcome outcome = create(topic("t", 4, 1));
        assertThat(outcome.isDone()).isTrue();
        assertThat(outcome.partitions()).isEqualTo(4);
        assertThat(outcome.replicationFactor()).isEqualTo(1);
        assertThat(outcome.topicId()).isEqualTo(cluster.topic("t").topicId()).isNotEqualTo(Uuid.ZERO);
        assertThat(broker.metadata().current().topic("t").partitions()).hasSize(4);
        assertThat(cluster.server().textOf("/config/topics/t")).isEqualTo("{\"version\":1,\"config\":{}}");
    }

    @Test
    void takesTheBrokersCountsWhereNoneAreGiven() {
        assertThat(create(topic("t", -1, -1)).partitions()).isEqualTo(3);
    }

    @Test
    void keepsTheTopicsSettings() {
        create(new NewTopic("t", 1, 1, Map.of(), Map.of("cleanup.policy", "compact")));
        assertThat(cluster.server().textOf("/config/topics/t"))
                .isEqualTo("{\"version\":1,\"config\":{\"cleanup.policy\":\"compact\"}}");
    }

    @Test
    void replacesSettingsThatAnEarlierTopicLeft() {
        cluster.await(broker.store()
                .session()
                .create(
                        "/config/topics/t",
                        "{\"version\":1,\"config\":{\"retention.ms\":\"1\"}}".getBytes(StandardCharsets.UTF_8),
                        NodeKind.PERSISTENT));
        assertThat(create(new NewTopic("t", 1, 1, Map.of(), Map.of("cleanup.policy", "compact")))
                        .isDone())
                .isTrue();
        assertThat(cluster.server().textOf("/config/topics/t"))
                .isEqualTo("{\"version\":1,\"config\":{\"cleanup.policy\":\"compact\"}}");
    }

    @Test
    void whoLosesTheRaceForANameLeavesTheOthersSettings() {
        CompletionStage<List<TopicOutcome>> won = commands.create(
                List.of(new NewTopic("t", 1, 1, Map.of(), Map.of("cleanup.policy", "compact"))), TIMEOUT_MS, false);
        CompletionStage<List<TopicOutcome>> lost = commands.create(
                List.of(new NewTopic("t", 1, 1, Map.of(), Map.of("cleanup.policy", "delete"))), TIMEOUT_MS, false);
        assertThat(cluster.await(won).get(0).isDone()).isTrue();
        assertThat(cluster.await(lost).get(0).error()).isEqualTo(ErrorCode.TOPIC_ALREADY_EXISTS);
        assertThat(cluster.server().textOf("/config/topics/t"))
                .isEqualTo("{\"version\":1,\"config\":{\"cleanup.policy\":\"compact\"}}");
    }

    @Test
    void refusesInKafkasWords() {
        create(topic("a.b", 1, 1));
        assertRefusedButThere(topic("a.b", 1, 1));
        assertRefused(
                topic("t", 1, 2),
                ErrorCode.INVALID_REPLICATION_FACTOR,
                "Replication factor: 2 larger than available brokers: 1.");
        assertRefused(
                topic("t", 1, 0), ErrorCode.INVALID_REPLICATION_FACTOR, "Replication factor must be larger than 0.");
        assertRefused(topic("t", 0, 1), ErrorCode.INVALID_PARTITIONS, "Number of partitions must be larger than 0.");
        assertRefused(
                topic("a_b", 1, 1),
                ErrorCode.INVALID_TOPIC_EXCEPTION,
                "Topic 'a_b' collides with existing topics: a.b");
        assertRefused(
                new NewTopic("t", 2, -1, Map.of(0, List.of(1)), Map.of()),
                ErrorCode.INVALID_REQUEST,
                "Both numPartitions or replicationFactor and replicasAssignments were set. "
                        + "Both cannot be used at the same time.");
        assertRefused(
                new NewTopic("t", -1, -1, Map.of(1, List.of(1)), Map.of()),
                ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                "partitions should be a consecutive 0-based integer sequence");
        assertRefused(
                new NewTopic("t", 1, 1, Map.of(), Map.of("nonsense", "1")),
                ErrorCode.INVALID_CONFIG,
                "Unknown topic config name: nonsense");
        Map<String, String> nullConfig = new HashMap<>();
        nullConfig.put("cleanup.policy", null);
        assertRefused(
                new NewTopic("t", 1, 1, Map.of(), nullConfig),
                ErrorCode.INVALID_CONFIG,
                "Null value not supported for topic configs: cleanup.policy");
        assertThat(create(topic("a/b", 1, 1)).error()).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    private void assertRefusedButThere(NewTopic topic) {
        TopicOutcome outcome = create(topic);
        assertThat(outcome.error()).isEqualTo(ErrorCode.TOPIC_ALREADY_EXISTS);
        assertThat(outcome.message()).isEqualTo("Topic '" + topic.name() + "' already exists.");
    }

    @Test
    void onlyChecksWhereThatIsAllThatIsAsked() {
        TopicOutcome outcome = cluster.await(commands.create(List.of(topic("t", 2, 1)), TIMEOUT_MS, true))
                .get(0);
        assertThat(outcome.isDone()).isTrue();
        assertThat(outcome.partitions()).isEqualTo(2);
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
    }

    @Test
    void makesTheTopicThoughTheTimeIsUp() {
        broker.setReachable(false);
        TopicOutcome outcome = cluster.await(commands.create(List.of(topic("t", 1, 1)), 500, false))
                .get(0);
        assertThat(outcome.error()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        broker.setReachable(true);
        cluster.settle();
        assertThat(broker.metadata().current().hasTopic("t")).isTrue();
        assertThat(cluster.await(commands.create(List.of(topic("u", 1, 1)), 0, false))
                        .get(0)
                        .error())
                .isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
    }

    @Test
    void createsOnceThoughTheAnswerGotLost() {
        CompletionStage<List<TopicOutcome>> created = commands.create(List.of(topic("t", 1, 1)), TIMEOUT_MS, false);
        while (!cluster.server().contains("/brokers/topics/t")) {
            cluster.time().advanceToNextTask();
        }
        broker.store().disconnect(true);
        broker.store().reconnect();
        assertThat(cluster.await(created).get(0).isDone()).isTrue();
    }

    @Test
    void mergesFirstUsesOfOneTopic() {
        CompletionStage<TopicOutcome> one = commands.createAtFirstUse(topic("t", 1, 1), 1_000);
        CompletionStage<TopicOutcome> two = commands.createAtFirstUse(topic("t", 1, 1), 1_000);
        assertThat(cluster.await(one).isDone()).isTrue();
        assertThat(cluster.await(two).isDone()).isTrue();
        assertThat(cluster.await(commands.createAtFirstUse(topic("t", 1, 1), 1_000))
                        .error())
                .isEqualTo(ErrorCode.TOPIC_ALREADY_EXISTS);
    }

    @Test
    void answersInTimeThoughZooKeeperCannotBeReached() {
        broker.store().disconnect(false);
        assertThat(cluster.await(commands.createAtFirstUse(topic("t", 1, 1), 1_000))
                        .error())
                .isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        assertThat(cluster.await(commands.delete(List.of("t"), 1_000)).get(0).error())
                .isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
    }

    @Test
    @Acceptance({35, 124})
    void spreadsReplicasOverBrokers() {
        cluster.start(2);
        cluster.start(3);
        create(topic("t", 6, 3));
        assertThat(cluster.topic("t").partitions().values())
                .allSatisfy(assignment -> assertThat(assignment.replicas()).containsExactlyInAnyOrder(1, 2, 3));
        List<Integer> leaders = cluster.topic("t").partitions().values().stream()
                .map(assignment -> assignment.replicas().get(0))
                .sorted()
                .toList();
        assertThat(leaders).containsExactly(1, 1, 2, 2, 3, 3);
    }

    // --- deleting

    @Test
    void answersWhenATopicIsGoneSoThatItCanBeMadeAtOnce() {
        create(topic("t", 2, 1));
        assertThat(cluster.await(commands.delete(List.of("t"), TIMEOUT_MS))
                        .get(0)
                        .isDone())
                .isTrue();
        assertThat(broker.metadata().current().hasTopic("t")).isFalse();
        assertThat(create(topic("t", 1, 1)).isDone()).isTrue();
    }

    @Test
    void refusesToDeleteWhatIsNotThere() {
        assertThat(cluster.await(commands.delete(List.of("x"), TIMEOUT_MS))
                        .get(0)
                        .error())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void saysThatADeletionTakesLongerThanAsked() {
        create(topic("t", 1, 1));
        broker.setReachable(false);
        assertThat(cluster.await(commands.delete(List.of("t"), 1_000)).get(0).error())
                .isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        assertThat(create(topic("t", 1, 1)).error()).isEqualTo(ErrorCode.TOPIC_ALREADY_EXISTS);
        broker.setReachable(true);
        cluster.settle();
        assertThat(cluster.server().contains("/brokers/topics/t")).isFalse();
    }

    // --- widening

    private TopicOutcome widen(String name, int total, List<List<Integer>> assignments) {
        return cluster.await(commands.addPartitions(
                        List.of(new MorePartitions(name, total, assignments)), TIMEOUT_MS, false))
                .get(0);
    }

    @Test
    void addsPartitionsAndKeepsTheId() {
        Uuid id = create(topic("t", 2, 1)).topicId();
        assertThat(widen("t", 5, null).isDone()).isTrue();
        assertThat(cluster.topic("t").topicId()).isEqualTo(id);
        assertThat(broker.metadata()
                        .current()
                        .partition(new TopicPartition("t", 4))
                        .leader())
                .isEqualTo(1);
    }

    @Test
    void refusesToShrinkAndOtherNonsenseInKafkasWords() {
        create(topic("t", 5, 1));
        assertThat(widen("t", 3, null))
                .extracting(TopicOutcome::error, TopicOutcome::message)
                .containsExactly(
                        ErrorCode.INVALID_PARTITIONS,
                        "Topic currently has 5 partitions, which is higher than the requested 3.");
        assertThat(widen("t", 5, null).message()).isEqualTo("Topic already has 5 partitions.");
        assertThat(widen("x", 5, null))
                .extracting(TopicOutcome::error, TopicOutcome::message)
                .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "The topic 'x' does not exist.");
        assertThat(widen("t", 6, List.of(List.of(9))).message())
                .isEqualTo("Unknown broker(s) in replica assignment: 9.");
        assertThat(widen("t", 7, List.of(List.of(1))).message())
                .isEqualTo("Increasing the number of partitions by 2 but 1 assignments provided.");
        assertThat(widen("t", 6, List.of(List.of(1, 1))).message())
                .isEqualTo("Duplicate brokers not allowed in replica assignment: 1, 1 for partition id 5.");
        assertThat(widen("t", 6, List.of(List.of(1))).isDone()).isTrue();
    }

    @Test
    void onlyChecksAWideningWhereThatIsAllThatIsAsked() {
        create(topic("t", 1, 1));
        assertThat(cluster.await(commands.addPartitions(List.of(new MorePartitions("t", 2, null)), TIMEOUT_MS, true))
                        .get(0)
                        .isDone())
                .isTrue();
        assertThat(cluster.topic("t").partitions()).hasSize(1);
    }

    @Test
    void plansAgainWhenSomebodyElseWroteInBetween() {
        Uuid id = create(topic("t", 1, 1)).topicId();
        CompletionStage<List<TopicOutcome>> widened =
                commands.addPartitions(List.of(new MorePartitions("t", 3, null)), TIMEOUT_MS, false);
        cluster.time().advanceMs(3);
        cluster.write(
                "/brokers/topics/t",
                new TopicZnode(id, SimulatedCluster.assignments(List.of(List.of(1), List.of(1)))).bytes());
        assertThat(cluster.await(widened).get(0).isDone()).isTrue();
        assertThat(cluster.topic("t").partitions()).hasSize(3);
    }
}
