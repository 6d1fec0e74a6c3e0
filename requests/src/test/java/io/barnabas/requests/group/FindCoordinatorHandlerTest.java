package io.barnabas.requests.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.FindCoordinatorResponse.Coordinator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindCoordinatorHandlerTest {
    private final Bed bed = new Bed();

    @Test
    void hasTheTopicMadeAtFirstUse() {
        FindCoordinatorResponse response = bed.call(3, new FindCoordinatorRequest().key("g"));
        assertThat(response.errorCode()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE.code());
        assertThat(response.nodeId()).isEqualTo(-1);
        assertThat(bed.created)
                .containsExactly(new InternalTopicCreation.InternalTopic(
                        "__consumer_offsets",
                        1,
                        InternalTopicCreation.UNSET,
                        Map.of(
                                "cleanup.policy",
                                "compact",
                                "segment.bytes",
                                "104857600",
                                "compression.type",
                                "producer")));
    }

    @Test
    void namesTheBrokerByTheAddressTheCallerUsedInEveryVersion() {
        bed.ready();
        for (int version = 0; version <= 3; version++) {
            FindCoordinatorResponse response = bed.call(version, new FindCoordinatorRequest().key("g"));
            assertThat(response.errorCode()).isZero();
            assertThat(response.nodeId()).isZero();
            if (version >= 1) {
                assertThat(response.errorMessage()).isEqualTo("NONE");
            }
            assertThat(response.host()).isEqualTo("127.0.0.1");
            assertThat(response.port()).isEqualTo(9092);
        }
        for (int version = 4; version <= 6; version++) {
            FindCoordinatorResponse response =
                    bed.call(version, new FindCoordinatorRequest().coordinatorKeys(List.of("g", "")));
            assertThat(response.coordinators()).hasSize(2).allSatisfy(coordinator -> {
                assertThat(coordinator.errorCode()).isZero();
                assertThat(coordinator.host()).isEqualTo("127.0.0.1");
            });
        }
        assertThat(bed.created).isEmpty();
    }

    @Test
    void hasNobodyToNameWithoutALiveLeader() {
        bed.topic(GroupCoordinator.TOPIC, new Uuid(9, 9), -1);
        assertThat(find(0, "g").errorCode()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE.code());
        bed.topic(GroupCoordinator.TOPIC, new Uuid(9, 9), 5);
        assertThat(find(0, "g").errorCode()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE.code());
    }

    @Test
    void makesTheTopicOfTransactionsAtItsFirstUse() {
        bed.ready();
        assertThat(find(1, "my-transaction").errorCode()).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE.code());
        assertThat(bed.transactionsTopicCreations).isEqualTo(1);
        bed.topic(TransactionCoordinator.TOPIC, new Uuid(8, 8), 0);
        Coordinator found = find(1, "my-transaction");
        assertThat(found.errorCode()).isZero();
        assertThat(found.nodeId()).isZero();
        assertThat(found.port()).isEqualTo(9092);
        assertThat(bed.transactionsTopicCreations).isEqualTo(1);
    }

    @Test
    void knowsNoOtherKinds() {
        bed.ready();
        assertThat(find(2, "share").errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(find(9, "what").errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
    }

    @Test
    void refusesWhoIsNotAllowed() {
        bed.ready();
        bed.forbidden.add("g");
        assertThat(find(0, "g").errorCode()).isEqualTo(ErrorCode.GROUP_AUTHORIZATION_FAILED.code());
        assertThat(find(1, "g").errorCode()).isEqualTo(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code());
    }

    private Coordinator find(int keyType, String key) {
        FindCoordinatorResponse response =
                bed.call(6, new FindCoordinatorRequest().keyType((byte) keyType).coordinatorKeys(List.of(key)));
        return response.coordinators().get(0);
    }
}
