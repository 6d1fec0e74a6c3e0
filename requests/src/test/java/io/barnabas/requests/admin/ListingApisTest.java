package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListConfigResourcesRequest;
import io.barnabas.wire.message.ListConfigResourcesResponse;
import io.barnabas.wire.message.ListConfigResourcesResponse.ConfigResource;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsResponse;
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
}
