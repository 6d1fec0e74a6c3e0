package io.barnabas.requests.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.barnabas.wire.message.OffsetCommitResponse;
import io.barnabas.wire.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.barnabas.wire.message.OffsetDeleteRequest;
import io.barnabas.wire.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.barnabas.wire.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.barnabas.wire.message.OffsetDeleteResponse;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.barnabas.wire.message.OffsetFetchResponse;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetApisTest {
    private static final int BY_ID_FROM = 10;

    private final Bed bed = new Bed().ready();

    @Test
    void keepsAndTellsOffsetsInEveryVersion() {
        for (int version = 1; version <= 10; version++) {
            long offset = 100 + version;
            OffsetCommitResponse committed =
                    bed.call(version, commit(version, topic(version, "t1", Bed.T1, 0, offset)));
            assertThat(partition(committed).errorCode()).isZero();
            assertThat(committed.topics().get(0).name()).isEqualTo(version < BY_ID_FROM ? "t1" : "");
            assertThat(committed.topics().get(0).topicId()).isEqualTo(version < BY_ID_FROM ? Uuid.ZERO : Bed.T1);

            OffsetFetchResponse fetched = bed.call(version, fetch(version));
            if (version < 8) {
                OffsetFetchResponsePartition partition =
                        fetched.topics().get(0).partitions().get(0);
                assertThat(partition.committedOffset()).isEqualTo(offset);
                assertThat(partition.metadata()).isEqualTo("m");
                assertThat(partition.committedLeaderEpoch()).isEqualTo(version < 6 ? -1 : 4);
            } else {
                assertThat(fetched.groups().get(0).groupId()).isEqualTo("g");
                OffsetFetchResponsePartitions partition =
                        fetched.groups().get(0).topics().get(0).partitions().get(0);
                assertThat(partition.committedOffset()).isEqualTo(offset);
                assertThat(partition.committedLeaderEpoch()).isEqualTo(4);
            }
        }
    }

    @Test
    void tellsAllOffsetsFromVersion2On() {
        bed.call(2, commit(2, topic(2, "t1", Bed.T1, 1, 7)));
        for (int version = 2; version <= 7; version++) {
            OffsetFetchResponse fetched =
                    bed.call(version, new OffsetFetchRequest().groupId("g").topics(null));
            assertThat(fetched.topics().get(0).name()).isEqualTo("t1");
            assertThat(fetched.topics().get(0).partitions().get(0).partitionIndex())
                    .isEqualTo(1);
        }
        for (int version = 8; version <= 10; version++) {
            OffsetFetchResponse fetched = bed.call(
                    version,
                    new OffsetFetchRequest()
                            .groups(List.of(
                                    new OffsetFetchRequestGroup().groupId("g").topics(null),
                                    new OffsetFetchRequestGroup()
                                            .groupId("nobody")
                                            .topics(null))));
            assertThat(fetched.groups().get(0).topics()).hasSize(1);
            assertThat(fetched.groups().get(0).topics().get(0).topicId())
                    .isEqualTo(version < BY_ID_FROM ? Uuid.ZERO : Bed.T1);
            assertThat(fetched.groups().get(1).topics()).isEmpty();
            assertThat(fetched.groups().get(1).errorCode()).isZero();
        }
    }

    @Test
    void refusesPartitionsThatAreNotThere() {
        OffsetCommitResponse response = bed.call(
                9,
                commit(
                        9,
                        topic(9, "t1", Bed.T1, 5, 1),
                        topic(9, "nope", Uuid.ZERO, 0, 1),
                        topic(9, "t1", Bed.T1, 0, 1)));
        assertThat(response.topics())
                .extracting(topic -> topic.partitions().get(0).errorCode())
                .containsExactly(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(),
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(),
                        (short) 0);
        OffsetCommitResponse byId = bed.call(10, commit(10, topic(10, "", new Uuid(5, 5), 0, 1)));
        assertThat(partition(byId).errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID.code());
        assertThat(byId.topics().get(0).topicId()).isEqualTo(new Uuid(5, 5));
        OffsetFetchResponse fetched = bed.call(
                10,
                new OffsetFetchRequest()
                        .groups(List.of(new OffsetFetchRequestGroup()
                                .groupId("g")
                                .topics(List.of(new OffsetFetchRequestTopics()
                                        .topicId(new Uuid(5, 5))
                                        .partitionIndexes(new int[] {0}))))));
        OffsetFetchResponsePartitions partition =
                fetched.groups().get(0).topics().get(0).partitions().get(0);
        assertThat(partition.errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID.code());
        assertThat(partition.committedOffset()).isEqualTo(-1);
    }

    @Test
    void namesAnErrorOfTheGroupWhereTheVersionHasAPlaceForIt() {
        bed.groups.resigned(0, java.util.OptionalInt.of(2));
        short notHere = ErrorCode.NOT_COORDINATOR.code();
        OffsetFetchResponse oldest = bed.call(1, fetch(1));
        assertThat(oldest.topics().get(0).partitions().get(0).errorCode()).isEqualTo(notHere);
        OffsetFetchResponse middle = bed.call(7, fetch(7));
        assertThat(middle.errorCode()).isEqualTo(notHere);
        OffsetFetchResponse newest = bed.call(10, fetch(10));
        assertThat(newest.groups().get(0).errorCode()).isEqualTo(notHere);
        OffsetCommitResponse committed = bed.call(8, commit(8, topic(8, "t1", Bed.T1, 0, 1)));
        assertThat(partition(committed).errorCode()).isEqualTo(notHere);
    }

    @Test
    void keepsOffsetsForAsLongAsTheClientOfTheMiddleAgesSays() {
        bed.call(2, commit(2, topic(2, "t1", Bed.T1, 0, 1)).retentionTimeMs(1000));
        bed.time.advanceMs(600_000);
        assertThat(bed.groups
                        .fetch("g", null, false)
                        .toCompletableFuture()
                        .join()
                        .offsets())
                .isEmpty();
    }

    @Test
    void takesTheTimeOfTheOldestClients() {
        OffsetCommitRequest request = commit(1, topic(1, "t1", Bed.T1, 0, 1));
        long longAgo = bed.time.nowMs() - 8 * 24 * 3_600_000L;
        request.topics().get(0).partitions().get(0).commitTimestamp(longAgo);
        bed.call(1, request);
        bed.time.advanceMs(600_000);
        assertThat(bed.groups
                        .fetch("g", null, false)
                        .toCompletableFuture()
                        .join()
                        .offsets())
                .isEmpty();
    }

    @Test
    void hidesWhatTheCallerMayNotSee() {
        bed.topic("secret", new Uuid(3, 3), 0);
        bed.call(9, commit(9, topic(9, "secret", new Uuid(3, 3), 0, 1), topic(9, "t1", Bed.T1, 0, 1)));
        bed.forbidden.add("secret");
        OffsetCommitResponse committed = bed.call(9, commit(9, topic(9, "secret", new Uuid(3, 3), 0, 2)));
        assertThat(partition(committed).errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        OffsetFetchResponse all =
                bed.call(7, new OffsetFetchRequest().groupId("g").topics(null));
        assertThat(all.topics()).hasSize(1);
        OffsetFetchResponse asked = bed.call(
                7,
                new OffsetFetchRequest()
                        .groupId("g")
                        .topics(List.of(
                                new OffsetFetchRequestTopic().name("secret").partitionIndexes(new int[] {0}))));
        assertThat(asked.topics().get(0).partitions().get(0).errorCode())
                .isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        bed.forbidden.add("g");
        OffsetFetchResponse refused = bed.call(7, fetch(7));
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.GROUP_AUTHORIZATION_FAILED.code());
    }

    @Test
    void deletesOffsets() {
        bed.call(9, commit(9, topic(9, "t1", Bed.T1, 0, 1)));
        OffsetDeleteResponse response = bed.call(
                0,
                new OffsetDeleteRequest()
                        .groupId("g")
                        .topics(List.of(new OffsetDeleteRequestTopic()
                                .name("t1")
                                .partitions(List.of(
                                        new OffsetDeleteRequestPartition().partitionIndex(0),
                                        new OffsetDeleteRequestPartition().partitionIndex(7))))));
        assertThat(response.errorCode()).isZero();
        assertThat(response.topics().get(0).partitions())
                .extracting(partition -> partition.errorCode())
                .containsExactly((short) 0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(bed.groups
                        .fetch("g", List.of(new TopicPartition("t1", 0)), false)
                        .toCompletableFuture()
                        .join()
                        .offsets()
                        .get(new TopicPartition("t1", 0))
                        .offset())
                .isEqualTo(-1);
        OffsetDeleteResponse missing = bed.call(0, new OffsetDeleteRequest().groupId("nobody"));
        assertThat(missing.errorCode()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND.code());
    }

    private static OffsetCommitRequest commit(int version, OffsetCommitRequestTopic... topics) {
        return new OffsetCommitRequest()
                .groupId("g")
                .generationIdOrMemberEpoch(-1)
                .topics(List.of(topics));
    }

    private static OffsetCommitRequestTopic topic(int version, String name, Uuid id, int partition, long offset) {
        OffsetCommitRequestTopic topic = new OffsetCommitRequestTopic()
                .partitions(List.of(new OffsetCommitRequestPartition()
                        .partitionIndex(partition)
                        .committedOffset(offset)
                        .committedLeaderEpoch(version < 6 ? -1 : 4)
                        .committedMetadata("m")));
        return version < BY_ID_FROM ? topic.name(name) : topic.topicId(id);
    }

    private static OffsetFetchRequest fetch(int version) {
        if (version < 8) {
            return new OffsetFetchRequest()
                    .groupId("g")
                    .topics(List.of(new OffsetFetchRequestTopic().name("t1").partitionIndexes(new int[] {0})));
        }
        OffsetFetchRequestTopics topic = new OffsetFetchRequestTopics().partitionIndexes(new int[] {0});
        return new OffsetFetchRequest()
                .groups(List.of(new OffsetFetchRequestGroup()
                        .groupId("g")
                        .topics(List.of(version < BY_ID_FROM ? topic.name("t1") : topic.topicId(Bed.T1)))));
    }

    private static OffsetCommitResponsePartition partition(OffsetCommitResponse response) {
        return response.topics().get(0).partitions().get(0);
    }
}
