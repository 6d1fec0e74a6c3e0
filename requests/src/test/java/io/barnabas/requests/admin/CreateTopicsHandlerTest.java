package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopicConfig;
import io.barnabas.wire.message.CreateTopicsResponse;
import io.barnabas.wire.message.CreateTopicsResponse.CreatableTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CreateTopicsHandlerTest {
    private final AdminBed bed = new AdminBed();

    private static CreatableTopic topic(String name, int partitions, int factor) {
        return new CreatableTopic().name(name).numPartitions(partitions).replicationFactor((short) factor);
    }

    private List<CreatableTopicResult> create(int version, CreatableTopic... topics) {
        CreateTopicsResponse answer =
                bed.call(version, new CreateTopicsRequest().timeoutMs(30_000).topics(List.of(topics)));
        return answer.topics();
    }

    @Test
    void makesTopicsInEveryVersion() {
        for (int version = 0; version <= 7; version++) {
            CreatableTopicResult made =
                    create(version, topic("t" + version, 2, 1)).get(0);
            assertThat(made.errorCode()).isZero();
            assertThat(bed.broker.metadata().current().topic("t" + version).partitions())
                    .hasSize(2);
        }
    }

    @Test
    void answersWithCountsSettingsAndIdFromTheVersionsOnThatHaveThem() {
        CreatableTopicResult made = create(
                        7,
                        topic("t", 3, 1)
                                .configs(List.of(new CreatableTopicConfig()
                                        .name("retention.ms")
                                        .value("7"))))
                .get(0);
        assertThat(made.numPartitions()).isEqualTo(3);
        assertThat(made.replicationFactor()).isEqualTo((short) 1);
        assertThat(made.topicId()).isEqualTo(bed.cluster.topic("t").topicId());
        assertThat(made.errorMessage()).isNull();
        assertThat(made.configs())
                .anySatisfy(config -> {
                    assertThat(config.name()).isEqualTo("retention.ms");
                    assertThat(config.value()).isEqualTo("7");
                    assertThat(config.configSource()).isEqualTo((byte) 1);
                })
                .anySatisfy(config -> {
                    assertThat(config.name()).isEqualTo("cleanup.policy");
                    assertThat(config.configSource()).isEqualTo((byte) 5);
                });
    }

    @Test
    void placesPartitionsAsAssigned() {
        bed.cluster.start(2);
        create(
                4,
                topic("t", -1, -1)
                        .assignments(List.of(
                                new CreatableReplicaAssignment()
                                        .partitionIndex(0)
                                        .brokerIds(new int[] {2, 1}),
                                new CreatableReplicaAssignment()
                                        .partitionIndex(1)
                                        .brokerIds(new int[] {1, 2}))));
        assertThat(bed.cluster.topic("t").partitions().get(0).replicas()).containsExactly(2, 1);
    }

    @Test
    @Acceptance(30)
    void saysInKafkasWordsThatThereAreTooFewBrokers() {
        CreatableTopicResult refused = create(5, topic("t", 1, 2)).get(0);
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR.code());
        assertThat(refused.errorMessage()).isEqualTo("Replication factor: 2 larger than available brokers: 1.");
    }

    @Test
    void refusesTopicByTopic() {
        bed.forbidden.add("secret");
        bed.forbidden.add("CLUSTER");
        List<CreatableTopicResult> results = create(
                5,
                topic("good", 1, 1),
                topic("secret", 1, 1),
                topic("twice", 1, 1),
                topic("twice", 2, 1),
                topic("__cluster_metadata", 1, 1));
        assertThat(results)
                .extracting(CreatableTopicResult::name, CreatableTopicResult::errorCode)
                .containsExactlyInAnyOrder(
                        tuple("good", ErrorCode.NONE.code()),
                        tuple("secret", ErrorCode.TOPIC_AUTHORIZATION_FAILED.code()),
                        tuple("twice", ErrorCode.INVALID_REQUEST.code()),
                        tuple("twice", ErrorCode.INVALID_REQUEST.code()),
                        tuple("__cluster_metadata", ErrorCode.INVALID_REQUEST.code()));
        assertThat(bed.broker.metadata().current().topics()).hasSize(1);
    }

    @Test
    void sendsClientsToTheControllerWhenItIsNotTheOne() {
        bed.isController = false;
        assertThat(create(5, topic("t", 1, 1)).get(0).errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
    }

    @Test
    void onlyChecksWhenAsked() {
        CreateTopicsResponse answer = bed.call(
                5,
                new CreateTopicsRequest().timeoutMs(30_000).validateOnly(true).topics(List.of(topic("t", 2, 1))));
        assertThat(answer.topics().get(0).numPartitions()).isEqualTo(2);
        assertThat(bed.cluster.server().contains("/brokers/topics/t")).isFalse();
    }

    @Test
    void handsAWishForACloneToThoseWhoHaveTheLogs() {
        List<CreatableTopicResult> made = create(
                5,
                topic("plain", 1, 1),
                clone("fork", "barnabas.clone.source", "orders", "barnabas.clone.offset", "12", "retention.ms", "5"));

        assertThat(made)
                .extracting(CreatableTopicResult::name, CreatableTopicResult::errorCode)
                .containsExactly(tuple("plain", (short) 0), tuple("fork", ErrorCode.KAFKA_STORAGE_ERROR.code()));
        assertThat(bed.clones)
                .containsExactly(new CloneWish(
                        "orders",
                        "fork",
                        OptionalLong.of(12),
                        OptionalLong.empty(),
                        Map.of("retention.ms", "5"),
                        null));
    }

    @Test
    void refusesAWishForACloneThatMakesNoSense() {
        List<CreatableTopic> wishes = List.of(
                clone("a", "barnabas.clone.offset", "1"),
                clone("b", "barnabas.clone.source", "orders", "barnabas.clone.offset", "-1"),
                clone("c", "barnabas.clone.source", "orders", "barnabas.clone.timestamp", "noon"),
                clone(
                        "d",
                        "barnabas.clone.source",
                        "orders",
                        "barnabas.clone.offset",
                        "1",
                        "barnabas.clone.timestamp",
                        "1"),
                clone("e", "barnabas.clone.source", "orders").numPartitions(3));

        assertThat(create(5, wishes.toArray(CreatableTopic[]::new)))
                .hasSize(5)
                .allSatisfy(result -> assertThat(result.errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code()))
                .allSatisfy(result -> assertThat(result.errorMessage()).isNotEmpty());
        assertThat(bed.clones).isEmpty();
    }

    @Test
    void clonesOnlyWhatTheCallerMayRead() {
        bed.forbidden.add("orders");

        assertThat(create(5, clone("fork", "barnabas.clone.source", "orders"))
                        .get(0)
                        .errorCode())
                .isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        assertThat(bed.clones).isEmpty();
    }

    private static CreatableTopic clone(String name, String... settings) {
        List<CreatableTopicConfig> configs = new ArrayList<>();
        for (int i = 0; i < settings.length; i += 2) {
            configs.add(new CreatableTopicConfig().name(settings[i]).value(settings[i + 1]));
        }
        return topic(name, -1, -1).configs(configs);
    }
}
