package io.barnabas.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.AddOffsetsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest;
import io.barnabas.wire.message.AlterConfigsRequest;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.CreatePartitionsRequest;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.DeleteGroupsRequest;
import io.barnabas.wire.message.DeleteRecordsRequest;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsResponse;
import io.barnabas.wire.message.DescribeClusterRequest;
import io.barnabas.wire.message.DescribeConfigsRequest;
import io.barnabas.wire.message.DescribeGroupsRequest;
import io.barnabas.wire.message.DescribeLogDirsRequest;
import io.barnabas.wire.message.DescribeProducersRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest;
import io.barnabas.wire.message.DescribeTransactionsRequest;
import io.barnabas.wire.message.EndTxnRequest;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.JoinGroupRequest;
import io.barnabas.wire.message.LeaveGroupRequest;
import io.barnabas.wire.message.ListConfigResourcesRequest;
import io.barnabas.wire.message.ListGroupsRequest;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListPartitionReassignmentsRequest;
import io.barnabas.wire.message.ListTransactionsRequest;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetDeleteRequest;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.SyncGroupRequest;
import io.barnabas.wire.message.TxnOffsetCommitRequest;
import io.barnabas.wire.message.WriteTxnMarkersRequest;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final ClientConnection CONNECTION = new ClientConnection(
            "c",
            "PLAINTEXT",
            InetAddress.getLoopbackAddress(),
            4711,
            InetAddress.getLoopbackAddress(),
            9092,
            Runnable::run);
    private static final ErrorCode ERROR = ErrorCode.UNKNOWN_SERVER_ERROR;

    /** Inter-broker and admin APIs that say nothing of a refusal are left out: their connection is closed. */
    private static final List<ApiKey> ANSWERED = List.of(
            ApiKey.PRODUCE,
            ApiKey.FETCH,
            ApiKey.LIST_OFFSETS,
            ApiKey.METADATA,
            ApiKey.OFFSET_COMMIT,
            ApiKey.OFFSET_FETCH,
            ApiKey.FIND_COORDINATOR,
            ApiKey.JOIN_GROUP,
            ApiKey.HEARTBEAT,
            ApiKey.LEAVE_GROUP,
            ApiKey.SYNC_GROUP,
            ApiKey.DESCRIBE_GROUPS,
            ApiKey.LIST_GROUPS,
            ApiKey.API_VERSIONS,
            ApiKey.CREATE_TOPICS,
            ApiKey.DELETE_TOPICS,
            ApiKey.DELETE_RECORDS,
            ApiKey.INIT_PRODUCER_ID,
            ApiKey.ADD_PARTITIONS_TO_TXN,
            ApiKey.ADD_OFFSETS_TO_TXN,
            ApiKey.END_TXN,
            ApiKey.WRITE_TXN_MARKERS,
            ApiKey.TXN_OFFSET_COMMIT,
            ApiKey.DESCRIBE_PRODUCERS,
            ApiKey.DESCRIBE_TRANSACTIONS,
            ApiKey.LIST_TRANSACTIONS,
            ApiKey.OFFSET_FOR_LEADER_EPOCH,
            ApiKey.DESCRIBE_CONFIGS,
            ApiKey.ALTER_CONFIGS,
            ApiKey.CREATE_PARTITIONS,
            ApiKey.DELETE_GROUPS,
            ApiKey.INCREMENTAL_ALTER_CONFIGS,
            ApiKey.ALTER_PARTITION_REASSIGNMENTS,
            ApiKey.LIST_PARTITION_REASSIGNMENTS,
            ApiKey.OFFSET_DELETE,
            ApiKey.DESCRIBE_CLUSTER,
            ApiKey.LIST_CONFIG_RESOURCES,
            ApiKey.ALTER_REPLICA_LOG_DIRS,
            ApiKey.DESCRIBE_LOG_DIRS,
            ApiKey.DESCRIBE_TOPIC_PARTITIONS);

    @Test
    void canBeWrittenInEveryVersionOfEachApi() {
        for (ApiKey key : ANSWERED) {
            for (short version = key.lowestVersion(); version <= key.highestVersion(); version++) {
                ApiMessage request = emptyRequest(key);
                ApiMessage answer = Refusals.answer(request, version, ERROR, "refused");
                assertThat(answer).as("%s %s", key, version).isNotNull();
                assertThat(answer.apiKey()).isEqualTo(key);
                ByteBuf bytes = Frames.response(new RequestContext(CONNECTION, key, version, 1, ""), answer);
                assertThat(bytes.readableBytes()).isPositive();
            }
        }
    }

    @Test
    void nameTheErrorForEachPartitionWhereTheApiHasNoPlaceForOne() {
        ProduceRequest request = new ProduceRequest()
                .acks((short) 1)
                .topicData(List.of(new ProduceRequest.TopicProduceData()
                        .name("t")
                        .partitionData(List.of(
                                new ProduceRequest.PartitionProduceData().index(0),
                                new ProduceRequest.PartitionProduceData().index(7)))));

        ProduceResponse answer = (ProduceResponse) Refusals.answer(request, (short) 9, ERROR, "refused");

        assertThat(answer.responses().get(0).partitionResponses())
                .extracting(ProduceResponse.PartitionProduceResponse::index)
                .containsExactly(0, 7);
        assertThat(answer.responses().get(0).partitionResponses())
                .allMatch(partition -> partition.errorCode() == ERROR.code() && partition.baseOffset() == -1);
    }

    @Test
    void haveNoFormForAProduceThatWantsNoAnswer() {
        assertThat(Refusals.answer(new ProduceRequest().acks((short) 0), (short) 9, ERROR, "refused"))
                .isNull();
    }

    @Test
    void nameTheErrorOfAFetchOnceFromTheVersionThatCan() {
        FetchRequest request = new FetchRequest()
                .topics(List.of(new FetchRequest.FetchTopic()
                        .topic("t")
                        .partitions(List.of(new FetchRequest.FetchPartition().partition(2)))));

        FetchResponse old = (FetchResponse) Refusals.answer(request, (short) 6, ERROR, "refused");
        FetchResponse newer = (FetchResponse) Refusals.answer(request, (short) 7, ERROR, "refused");

        assertThat(old.responses().get(0).partitions().get(0).errorCode()).isEqualTo(ERROR.code());
        assertThat(newer.errorCode()).isEqualTo(ERROR.code());
    }

    @Test
    void nameTopicsByNameOrIdAsTheRequestDid() {
        DeleteTopicsRequest byName = new DeleteTopicsRequest().topicNames(List.of("a"));
        DeleteTopicsRequest byState =
                new DeleteTopicsRequest().topics(List.of(new DeleteTopicsRequest.DeleteTopicState().name("b")));

        assertThat(((DeleteTopicsResponse) Refusals.answer(byName, (short) 5, ERROR, "")).responses())
                .extracting(DeleteTopicsResponse.DeletableTopicResult::name)
                .containsExactly("a");
        assertThat(((DeleteTopicsResponse) Refusals.answer(byState, (short) 6, ERROR, "")).responses())
                .extracting(DeleteTopicsResponse.DeletableTopicResult::name)
                .containsExactly("b");
    }

    private static ApiMessage emptyRequest(ApiKey key) {
        return switch (key) {
            case PRODUCE -> new ProduceRequest().acks((short) -1);
            case FETCH -> new FetchRequest();
            case LIST_OFFSETS -> new ListOffsetsRequest();
            case METADATA -> new MetadataRequest();
            case OFFSET_COMMIT -> new OffsetCommitRequest();
            case OFFSET_FETCH -> new OffsetFetchRequest();
            case FIND_COORDINATOR -> new FindCoordinatorRequest();
            case JOIN_GROUP -> new JoinGroupRequest();
            case HEARTBEAT -> new HeartbeatRequest();
            case LEAVE_GROUP -> new LeaveGroupRequest();
            case SYNC_GROUP -> new SyncGroupRequest();
            case DESCRIBE_GROUPS -> new DescribeGroupsRequest();
            case LIST_GROUPS -> new ListGroupsRequest();
            case API_VERSIONS -> new ApiVersionsRequest();
            case CREATE_TOPICS -> new CreateTopicsRequest();
            case DELETE_TOPICS -> new DeleteTopicsRequest();
            case DELETE_RECORDS -> new DeleteRecordsRequest();
            case INIT_PRODUCER_ID -> new InitProducerIdRequest();
            case ADD_PARTITIONS_TO_TXN -> new AddPartitionsToTxnRequest();
            case ADD_OFFSETS_TO_TXN -> new AddOffsetsToTxnRequest();
            case END_TXN -> new EndTxnRequest();
            case WRITE_TXN_MARKERS -> new WriteTxnMarkersRequest();
            case TXN_OFFSET_COMMIT -> new TxnOffsetCommitRequest();
            case DESCRIBE_PRODUCERS -> new DescribeProducersRequest();
            case DESCRIBE_TRANSACTIONS -> new DescribeTransactionsRequest();
            case LIST_TRANSACTIONS -> new ListTransactionsRequest();
            case OFFSET_FOR_LEADER_EPOCH -> new OffsetForLeaderEpochRequest();
            case DESCRIBE_CONFIGS -> new DescribeConfigsRequest();
            case ALTER_CONFIGS -> new AlterConfigsRequest();
            case CREATE_PARTITIONS -> new CreatePartitionsRequest();
            case DELETE_GROUPS -> new DeleteGroupsRequest();
            case INCREMENTAL_ALTER_CONFIGS -> new IncrementalAlterConfigsRequest();
            case ALTER_PARTITION_REASSIGNMENTS -> new AlterPartitionReassignmentsRequest();
            case ALTER_REPLICA_LOG_DIRS -> new AlterReplicaLogDirsRequest();
            case LIST_PARTITION_REASSIGNMENTS -> new ListPartitionReassignmentsRequest();
            case OFFSET_DELETE -> new OffsetDeleteRequest();
            case DESCRIBE_CLUSTER -> new DescribeClusterRequest();
            case DESCRIBE_LOG_DIRS -> new DescribeLogDirsRequest();
            case LIST_CONFIG_RESOURCES -> new ListConfigResourcesRequest();
            case DESCRIBE_TOPIC_PARTITIONS -> new DescribeTopicPartitionsRequest();
            default -> throw new AssertionError(key);
        };
    }
}
