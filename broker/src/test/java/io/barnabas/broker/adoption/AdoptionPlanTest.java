package io.barnabas.broker.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.adoption.AdoptedTopic;
import io.barnabas.log.kraft.KraftMetadata;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AdoptionPlanTest {
    private static final int BROKER = 3;
    private static final Uuid ID = new Uuid(1, 2);
    private static final Uuid OTHER_ID = new Uuid(3, 4);

    // --- from directories alone

    @Test
    void everyPartitionIsLedByThisBrokerInAnEpochOfItsOwn() {
        AdoptionPlan plan = fromDirectories(log("a", 0, ID, 7), log("a", 1, ID, -1));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.topics()).singleElement().satisfies(topic -> {
            assertThat(topic.name()).isEqualTo("a");
            assertThat(topic.id()).isEqualTo(ID);
            assertThat(topic.partitions())
                    .containsEntry(0, new AdoptedTopic.Partition(List.of(BROKER), List.of(BROKER), BROKER, 8))
                    .containsEntry(1, new AdoptedTopic.Partition(List.of(BROKER), List.of(BROKER), BROKER, 0));
        });
    }

    @Test
    void aTopicFromBeforeTopicIdsGetsOne() {
        assertThat(fromDirectories(log("a", 0, Uuid.ZERO, 1)).topics())
                .singleElement()
                .satisfies(topic -> assertThat(topic.id().isZero()).isFalse());
    }

    @Test
    void nothingIsDeletedByDefaultsThatTheTopicMayNotHaveHad() {
        AdoptionPlan plan = fromDirectories(
                log("a", 0, ID, 0),
                new FoundLog(new TopicPartition("compacted", 0), OTHER_ID, 0, true, -1),
                log("__consumer_offsets", 0, Uuid.ZERO, 0));

        assertThat(configsOf(plan, "a")).containsEntry("retention.ms", "-1").containsEntry("retention.bytes", "-1");
        assertThat(configsOf(plan, "compacted")).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(configsOf(plan, "__consumer_offsets")).isEqualTo(Map.of("cleanup.policy", "compact", "x", "y"));
        assertThat(plan.notes()).singleElement().asString().contains("1 topic (a)", "retention.ms");
    }

    @Test
    void saysWhichPartitionIsMissingInBetweenAndTheWaysOut() {
        AdoptionPlan plan = fromDirectories(log("a", 0, ID, 0), log("a", 2, ID, 0));

        assertThat(plan.problems()).singleElement().asString().contains("Partition 1 of topic a", "/data/a-1");
    }

    @Test
    void saysWhenATopicLiesThereTwice() {
        AdoptionPlan plan = fromDirectories(log("a", 0, ID, 0), log("a", 1, OTHER_ID, 0));

        assertThat(plan.problems()).singleElement().asString().contains("topic a", ID.toString(), OTHER_ID.toString());
    }

    @Test
    void leavesAloneWhatZooKeeperKnows() {
        AdoptionPlan plan = directoryPlan().of(List.of(log("a", 0, ID, 0), log("b", 0, OTHER_ID, 0)), Set.of("a"));

        assertThat(plan.topics()).extracting(AdoptedTopic::name).containsExactly("b");
    }

    @Test
    void producersToComeGetIdsBeyondThoseThatAreRemembered() {
        FoundLog remembering = new FoundLog(new TopicPartition("a", 0), ID, 0, false, 4_711);

        assertThat(fromDirectories(remembering).firstFreeProducerId()).isGreaterThan(4_711 + 1_000);
        assertThat(fromDirectories(log("a", 0, ID, 0)).firstFreeProducerId()).isZero();
    }

    // --- of a KRaft cluster

    @Test
    void theLeaderEpochOfAKraftClusterGoesOnWhereNobodyElseHasIt() {
        assertThat(adoptedEpoch(BROKER, 5, 5)).as("it led and was killed").isEqualTo(5);
        assertThat(adoptedEpoch(-1, 6, 5)).as("it was stopped in good order").isEqualTo(6);
        assertThat(adoptedEpoch(4, 5, 5)).as("another broker leads").isEqualTo(6);
        assertThat(adoptedEpoch(BROKER, 5, 8))
                .as("adopted before, and led by others since")
                .isEqualTo(9);
    }

    private static int adoptedEpoch(int leader, int leaderEpoch, int written) {
        KraftMetadata metadata = kraft(
                Map.of(
                        0,
                        new KraftMetadata.Partition(
                                List.of(BROKER, 4), List.of(BROKER, 4), List.of(), leader, leaderEpoch)),
                Map.of(),
                Map.of());
        return new KraftPlan(BROKER, metadata)
                .of(List.of(log("a", 0, ID, written)), Set.of())
                .topics()
                .get(0)
                .partitions()
                .get(0)
                .leaderEpoch();
    }

    @Test
    void aKraftClustersTopicsComeWithTheirReplicasAndSettings() {
        KraftMetadata metadata = kraft(
                Map.of(
                        0, new KraftMetadata.Partition(List.of(BROKER, 4), List.of(BROKER), List.of(), BROKER, 5),
                        1, new KraftMetadata.Partition(List.of(4, BROKER), List.of(4), List.of(), 4, 2)),
                Map.of("a", Map.of("retention.ms", "9")),
                Map.of());

        AdoptionPlan plan = new KraftPlan(BROKER, metadata).of(List.of(log("a", 0, ID, 6)), Set.of());

        assertThat(plan.topics()).singleElement().satisfies(topic -> {
            assertThat(topic.configs()).isEqualTo(Map.of("retention.ms", "9"));
            assertThat(topic.partitions())
                    .containsEntry(0, new AdoptedTopic.Partition(List.of(BROKER, 4), List.of(BROKER), BROKER, 7))
                    .containsEntry(1, new AdoptedTopic.Partition(List.of(4, BROKER), List.of(4), -1, 3));
        });
        assertThat(plan.firstFreeProducerId())
                .as("the node gives 2000 when it goes back")
                .isGreaterThan(1_000_000_000);
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void theLastReplicaThatWentCountsAsInSync() {
        KraftMetadata metadata = kraft(
                Map.of(
                        0, new KraftMetadata.Partition(List.of(4, BROKER), List.of(), List.of(BROKER), -1, 5),
                        1, new KraftMetadata.Partition(List.of(BROKER), List.of(), List.of(), -1, 5)),
                Map.of(),
                Map.of());

        AdoptionPlan plan = new KraftPlan(BROKER, metadata).of(List.of(log("a", 0, ID, 6)), Set.of());

        assertThat(plan.topics().get(0).partitions().values())
                .allSatisfy(partition -> assertThat(partition.isr()).containsExactly(BROKER))
                .allSatisfy(partition -> assertThat(partition.leader()).isEqualTo(BROKER));
    }

    @Test
    void aTopicThatWasDeletedSinceIsNotMadeAgain() {
        KraftMetadata metadata = kraft(
                Map.of(0, new KraftMetadata.Partition(List.of(BROKER), List.of(BROKER), List.of(), BROKER, 5)),
                Map.of(),
                Map.of());

        assertThat(new KraftPlan(BROKER, metadata).of(List.of(), Set.of()).topics())
                .isEmpty();
    }

    @Test
    void straysOfAKraftClusterStayWhereTheyAre() {
        KraftMetadata metadata = kraft(
                Map.of(0, new KraftMetadata.Partition(List.of(BROKER), List.of(BROKER), List.of(), BROKER, 5)),
                Map.of(),
                Map.of());

        AdoptionPlan plan =
                new KraftPlan(BROKER, metadata).of(List.of(log("a", 0, OTHER_ID, 0), log("z", 1, ID, 0)), Set.of());

        assertThat(plan.topics()).isEmpty();
        assertThat(plan.notes()).singleElement().asString().contains("a-0", "z-1");
    }

    @Test
    void takesDynamicSettingsOfBrokersAndNamesTheOthers() {
        KraftMetadata metadata = kraft(
                Map.of(),
                Map.of(),
                Map.of("", Map.of("log.cleaner.threads", "2", "ssl.key.password", "secret", "a.plugins.key", "x")));

        AdoptionPlan plan = new KraftPlan(BROKER, metadata).of(List.of(), Set.of());

        assertThat(plan.brokerConfigs()).isEqualTo(Map.of("", Map.of("log.cleaner.threads", "2")));
        assertThat(plan.notes()).singleElement().asString().contains("a.plugins.key, ssl.key.password");
    }

    private static KraftMetadata kraft(
            Map<Integer, KraftMetadata.Partition> partitions,
            Map<String, Map<String, String>> topicConfigs,
            Map<String, Map<String, String>> brokerConfigs) {
        KraftMetadata.Topic topic = new KraftMetadata.Topic("a", ID, new TreeMap<>(partitions));
        return new KraftMetadata(
                new TreeMap<>(Map.of("a", topic)), topicConfigs, brokerConfigs, 2_000, new TreeSet<>());
    }

    private static FoundLog log(String topic, int partition, Uuid id, int leaderEpoch) {
        return new FoundLog(new TopicPartition(topic, partition), id, leaderEpoch, false, -1);
    }

    private static DirectoryPlan directoryPlan() {
        return new DirectoryPlan(
                BROKER,
                Path.of("/data"),
                Map.of("__consumer_offsets", Map.of("cleanup.policy", "compact", "x", "y")),
                Seeds.random(1));
    }

    private static AdoptionPlan fromDirectories(FoundLog... logs) {
        return directoryPlan().of(List.of(logs), Set.of());
    }

    private static Map<String, String> configsOf(AdoptionPlan plan, String topic) {
        return plan.topics().stream()
                .filter(adopted -> adopted.name().equals(topic))
                .findFirst()
                .orElseThrow()
                .configs();
    }
}
