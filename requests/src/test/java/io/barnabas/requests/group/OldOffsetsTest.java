package io.barnabas.requests.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.barnabas.wire.message.OffsetCommitResponse;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.barnabas.wire.message.OffsetFetchResponse;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Version 0 of OffsetCommit and OffsetFetch: offsets in ZooKeeper. */
class OldOffsetsTest {
    private final Bed bed = new Bed().ready();

    @Test
    @Acceptance(71)
    void keepsOffsetsInZooKeeperAndLeavesTheCoordinatorsAlone() {
        assertThat(errors(commit("g", "t1", 1, 12, "m"))).containsExactly(ErrorCode.NONE);
        assertThat(bed.zooKeeper.textOf("/consumers/g/offsets/t1/1")).isEqualTo("12");
        OffsetFetchResponsePartition fetched = fetch("g", "t1", 1);
        assertThat(fetched.committedOffset()).isEqualTo(12);
        assertThat(fetched.metadata()).isEmpty();
        assertThat(fetched.errorCode()).isZero();

        OffsetFetchResponse ofCoordinator = call(1, asking("g", "t1", 1));
        assertThat(ofCoordinator.topics().get(0).partitions().get(0).committedOffset())
                .isEqualTo(-1);
    }

    @Test
    void tellsAPartitionWithoutOffsetAsAnUnknownOne() {
        for (OffsetFetchResponsePartition fetched : List.of(fetch("g", "t1", 0), fetch("g", "nowhere", 0))) {
            assertThat(fetched.committedOffset()).isEqualTo(-1);
            assertThat(ErrorCode.of(fetched.errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    @Test
    void writesNothingForTopicsThatDoNotExistOrMetadataThatIsTooLong() {
        assertThat(errors(commit("g", "nowhere", 0, 1, ""))).containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(errors(commit("g", "t1", 0, 1, "m".repeat(4097))))
                .containsExactly(ErrorCode.OFFSET_METADATA_TOO_LARGE);
        assertThat(bed.zooKeeper.contains("/consumers/g")).isFalse();
    }

    @Test
    void refusesGroupsThatCannotBeANode() {
        assertThat(errors(commit("../brokers", "t1", 0, 1, ""))).containsExactly(ErrorCode.INVALID_GROUP_ID);
        assertThat(errors(commit("", "t1", 0, 1, ""))).containsExactly(ErrorCode.INVALID_GROUP_ID);
        assertThat(fetch("a/b", "t1", 0).committedOffset()).isEqualTo(-1);
    }

    @Test
    void asksWhetherTheCallerMay() {
        bed.forbidden.add("secret");
        assertThat(errors(commit("secret", "t1", 0, 1, ""))).containsExactly(ErrorCode.GROUP_AUTHORIZATION_FAILED);
        assertThat(ErrorCode.of(fetch("secret", "t1", 0).errorCode())).isEqualTo(ErrorCode.GROUP_AUTHORIZATION_FAILED);
        bed.forbidden.add("t1");
        assertThat(errors(commit("g", "t1", 0, 1, ""))).containsExactly(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        assertThat(ErrorCode.of(fetch("g", "t1", 0).errorCode())).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    }

    private OffsetCommitResponse commit(String group, String topic, int partition, long offset, String metadata) {
        return call(
                0,
                new OffsetCommitRequest()
                        .groupId(group)
                        .topics(List.of(new OffsetCommitRequestTopic()
                                .name(topic)
                                .partitions(List.of(new OffsetCommitRequestPartition()
                                        .partitionIndex(partition)
                                        .committedOffset(offset)
                                        .committedMetadata(metadata))))));
    }

    private OffsetFetchResponsePartition fetch(String group, String topic, int partition) {
        OffsetFetchResponse response = call(0, asking(group, topic, partition));
        return response.topics().get(0).partitions().get(0);
    }

    private static OffsetFetchRequest asking(String group, String topic, int partition) {
        return new OffsetFetchRequest()
                .groupId(group)
                .topics(List.of(new OffsetFetchRequestTopic().name(topic).partitionIndexes(new int[] {partition})));
    }

    private <R extends ApiMessage> R call(int version, ApiMessage request) {
        CompletableFuture<R> answer = bed.start(version, request);
        bed.time.advanceMs(50);
        assertThat(answer).isDone();
        return answer.join();
    }

    private static List<ErrorCode> errors(OffsetCommitResponse response) {
        return response.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> ErrorCode.of(partition.errorCode()))
                .toList();
    }
}
