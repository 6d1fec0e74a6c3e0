package io.barnabas.requests.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.barnabas.requests.admin.AdminBed;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DescribeClusterRequest;
import io.barnabas.wire.message.DescribeClusterResponse;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescribeHandlersTest {
    private final AdminBed bed = new AdminBed();

    @Test
    void describesTheClusterInEveryVersion() {
        for (int version = 0; version <= 2; version++) {
            DescribeClusterResponse answer = bed.call(version, new DescribeClusterRequest());
            assertThat(answer.errorCode()).isZero();
            assertThat(answer.clusterId()).isEqualTo("simulated");
            assertThat(answer.controllerId()).isEqualTo(1);
            assertThat(answer.brokers().get(0).host()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void hasNoControllersToDescribe() {
        DescribeClusterResponse answer = bed.call(1, new DescribeClusterRequest().endpointType((byte) 2));
        assertThat(answer.errorCode()).isEqualTo(ErrorCode.MISMATCHED_ENDPOINT_TYPE.code());
        assertThat(answer.endpointType()).as("what answers").isEqualTo((byte) 1);
    }

    @Test
    void describesPartitionsPageByPage() {
        bed.createTopic("a", 3);
        bed.createTopic("b", 2);
        DescribeTopicPartitionsResponse first =
                bed.call(0, new DescribeTopicPartitionsRequest().responsePartitionLimit(2));
        assertThat(first.topics()).hasSize(1);
        assertThat(first.topics().get(0).partitions()).hasSize(2);
        assertThat(first.nextCursor().topicName()).isEqualTo("a");
        assertThat(first.nextCursor().partitionIndex()).isEqualTo(2);

        DescribeTopicPartitionsResponse rest = bed.call(
                0,
                new DescribeTopicPartitionsRequest()
                        .cursor(new DescribeTopicPartitionsRequest.Cursor()
                                .topicName("a")
                                .partitionIndex(2)));
        assertThat(rest.topics())
                .extracting(DescribeTopicPartitionsResponseTopic::name)
                .containsExactly("a", "b");
        assertThat(rest.topics().get(0).partitions()).hasSize(1);
        assertThat(rest.topics().get(1).partitions().get(0).leaderId()).isEqualTo(1);
        assertThat(rest.topics().get(1).partitions().get(0).eligibleLeaderReplicas())
                .isEmpty();
        assertThat(rest.nextCursor()).isNull();
    }

    @Test
    void saysWhatIsWrongTopicByTopic() {
        bed.createTopic("a", 1);
        bed.forbidden.add("c");
        DescribeTopicPartitionsResponse answer = bed.call(
                0,
                new DescribeTopicPartitionsRequest()
                        .topics(List.of(
                                new TopicRequest().name("a"),
                                new TopicRequest().name("b"),
                                new TopicRequest().name("c"),
                                new TopicRequest().name("d/e"))));
        assertThat(answer.topics())
                .extracting(DescribeTopicPartitionsResponseTopic::name, DescribeTopicPartitionsResponseTopic::errorCode)
                .containsExactlyInAnyOrder(
                        tuple("a", ErrorCode.NONE.code()),
                        tuple("b", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()),
                        tuple("c", ErrorCode.TOPIC_AUTHORIZATION_FAILED.code()),
                        tuple("d/e", ErrorCode.INVALID_TOPIC_EXCEPTION.code()));
    }
}
