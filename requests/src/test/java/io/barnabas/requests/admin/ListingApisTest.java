package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.barnabas.wire.message.AlterPartitionReassignmentsResponse;
import io.barnabas.wire.message.ListConfigResourcesRequest;
import io.barnabas.wire.message.ListConfigResourcesResponse;
import io.barnabas.wire.message.ListConfigResourcesResponse.ConfigResource;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingApisTest {
    private final AdminBed bed = new AdminBed();

    @Test
    void listsWhatHasSettingsByKind() {
        bed.createTopic("t", 1);
        ListConfigResourcesResponse all = bed.call(1, new ListConfigResourcesRequest());
        assertThat(all.configResources())
                .extracting(ConfigResource::resourceType, ConfigResource::resourceName)
                .containsExactly(tuple((byte) 2, "t"), tuple((byte) 4, "1"), tuple((byte) 8, "1"));
        ListConfigResourcesResponse topics =
                bed.call(1, new ListConfigResourcesRequest().resourceTypes(new byte[] {2}));
        assertThat(topics.configResources()).hasSize(1);
        ListConfigResourcesResponse unknown =
                bed.call(1, new ListConfigResourcesRequest().resourceTypes(new byte[] {77}));
        assertThat(unknown.errorCode()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION.code());
        ListConfigResourcesResponse metrics = bed.call(0, new ListConfigResourcesRequest());
        assertThat(metrics.errorCode()).isZero();
        assertThat(metrics.configResources()).isEmpty();
    }

    @Test
    void listsNoReassignments() {
        ListPartitionReassignmentsResponse none = bed.call(0, new ListPartitionReassignmentsRequest().topics(null));
        assertThat(none.errorCode()).isZero();
        assertThat(none.topics()).isEmpty();
        bed.isController = false;
        ListPartitionReassignmentsResponse elsewhere =
                bed.call(0, new ListPartitionReassignmentsRequest().topics(null));
        assertThat(elsewhere.errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
    }

    @Test
    void leavesReplicasWhereTheyAre() {
        bed.createTopic("t", 1);
        assertThat(reassign("t", 0, 1)).isEqualTo(ErrorCode.NONE);
        assertThat(reassign("t", 0, (int[]) null)).isEqualTo(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS);
        assertThat(reassign("t", 7, 1)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(reassign("t", 0)).isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
        assertThat(reassign("t", 0, 1, 1)).isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
        assertThat(reassign("t", 0, 1, 99)).isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
        bed.isController = false;
        assertThat(answerTo("t", 0, 1).errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
    }

    private ErrorCode reassign(String topic, int partition, int... replicas) {
        return ErrorCode.of(answerTo(topic, partition, replicas)
                .responses()
                .get(0)
                .partitions()
                .get(0)
                .errorCode());
    }

    private AlterPartitionReassignmentsResponse answerTo(String topic, int partition, int... replicas) {
        return bed.call(
                1,
                new AlterPartitionReassignmentsRequest()
                        .topics(List.of(new ReassignableTopic()
                                .name(topic)
                                .partitions(List.of(new ReassignablePartition()
                                        .partitionIndex(partition)
                                        .replicas(replicas))))));
    }
}
