package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.CreatePartitionsRequest;
import io.barnabas.wire.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.barnabas.wire.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.barnabas.wire.message.CreatePartitionsResponse;
import io.barnabas.wire.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreatePartitionsHandlerTest {
    private final AdminBed bed = new AdminBed();

    @BeforeEach
    void createTopic() {
        bed.createTopic("t", 1);
    }

    private static CreatePartitionsTopic topic(String name, int count) {
        return new CreatePartitionsTopic().name(name).count(count).assignments(null);
    }

    private List<CreatePartitionsTopicResult> widen(int version, CreatePartitionsTopic... topics) {
        CreatePartitionsResponse answer = bed.call(
                version, new CreatePartitionsRequest().timeoutMs(30_000).topics(List.of(topics)));
        return answer.results();
    }

    @Test
    void addsPartitionsInEveryVersion() {
        for (int version = 0; version <= 3; version++) {
            assertThat(widen(version, topic("t", version + 2)).get(0).errorCode())
                    .isZero();
            assertThat(bed.broker.metadata().current().topic("t").partitions()).hasSize(version + 2);
        }
    }

    @Test
    void addsThemWhereItIsTold() {
        bed.cluster.start(2);
        widen(2, topic("t", 2).assignments(List.of(new CreatePartitionsAssignment().brokerIds(new int[] {2}))));
        assertThat(bed.cluster.topic("t").partitions().get(1).replicas()).containsExactly(2);
    }

    @Test
    @Acceptance(32)
    void refusesToShrinkWithTheWordsThatToolsPrint() {
        widen(1, topic("t", 5));
        CreatePartitionsTopicResult refused = widen(1, topic("t", 3)).get(0);
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.INVALID_PARTITIONS.code());
        assertThat(refused.errorMessage())
                .isEqualTo("Topic currently has 5 partitions, which is higher than the requested 3.");
    }

    @Test
    void refusesWhatIsUnknownNamedTwiceForbiddenOrElsewhere() {
        assertThat(widen(1, topic("x", 3)).get(0).errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(widen(1, topic("t", 3), topic("t", 4)).get(0).errorMessage())
                .isEqualTo("Duplicate topic in request.");
        bed.forbidden.add("t");
        assertThat(widen(1, topic("t", 3)).get(0).errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        bed.isController = false;
        assertThat(widen(1, topic("t", 3)).get(0).errorCode()).isEqualTo(ErrorCode.NOT_CONTROLLER.code());
        assertThat(bed.cluster.topic("t").partitions()).hasSize(1);
    }
}
