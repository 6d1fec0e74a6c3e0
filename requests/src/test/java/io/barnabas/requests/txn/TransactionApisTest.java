package io.barnabas.requests.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.requests.group.Bed;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.AddOffsetsToTxnRequest;
import io.barnabas.wire.message.AddOffsetsToTxnResponse;
import io.barnabas.wire.message.AddPartitionsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.barnabas.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction;
import io.barnabas.wire.message.AddPartitionsToTxnResponse;
import io.barnabas.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.DescribeTransactionsRequest;
import io.barnabas.wire.message.DescribeTransactionsResponse;
import io.barnabas.wire.message.EndTxnRequest;
import io.barnabas.wire.message.EndTxnResponse;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ListTransactionsRequest;
import io.barnabas.wire.message.ListTransactionsResponse;
import io.barnabas.wire.message.TxnOffsetCommitRequest;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.barnabas.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.barnabas.wire.message.TxnOffsetCommitResponse;
import io.barnabas.wire.message.WriteTxnMarkersRequest;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarker;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarkerTopic;
import io.barnabas.wire.message.WriteTxnMarkersResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the APIs about transactions say of permissions, of a coordinator that is elsewhere, and in the second protocol. */
class TransactionApisTest {
    private static final long PRODUCER = 4000;

    private final Bed bed = new Bed().ready();

    @BeforeEach
    void begin() {
        bed.transactions.elected(0, 1);
        CompletableFuture<InitProducerIdResponse> first = bed.start(4, init());
        bed.blocks
                .get(0)
                .complete(new AllocateProducerIdsResponse()
                        .producerIdStart(PRODUCER)
                        .producerIdLen(1000));
        assertThat(first.join().errorCode()).isZero();
    }

    @Test
    void refuseWhoMayNotUseTheTransactionalId() {
        bed.forbidden.add("tx");
        ErrorCode refusal = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
        assertThat(bed.<InitProducerIdResponse>call(5, init()).errorCode()).isEqualTo(refusal.code());
        assertThat(added(3, "t1", 0)).containsExactly(refusal);
        assertThat(offsetsAdded("g")).isEqualTo(refusal);
        assertThat(ended(4).errorCode()).isEqualTo(refusal.code());
        assertThat(committed(4, new TxnOffsetCommitRequestTopic().name("t1"))).isEqualTo(refusal);
        assertThat(described("tx").errorCode()).isEqualTo(refusal.code());
        assertThat(listed(new ListTransactionsRequest()).transactionStates()).isEmpty();
    }

    @Test
    void refuseWhoMayNotUseTheGroup() {
        bed.forbidden.add("g");
        assertThat(offsetsAdded("g")).isEqualTo(ErrorCode.GROUP_AUTHORIZATION_FAILED);
        assertThat(committed(4, new TxnOffsetCommitRequestTopic().name("t1")))
                .isEqualTo(ErrorCode.GROUP_AUTHORIZATION_FAILED);
    }

    @Test
    void refuseWhoMayNotUseATopicAndHideItFromDescriptions() {
        bed.topic("t2", new Uuid(2, 2), 0);
        assertThat(added(3, "t2", 0)).containsExactly(ErrorCode.NONE);
        bed.forbidden.add("t2");
        assertThat(added(3, "t2", 0)).containsExactly(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        assertThat(committed(4, new TxnOffsetCommitRequestTopic().name("t2")))
                .isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        assertThat(described("tx").transactionState()).isEqualTo("Ongoing");
        assertThat(described("tx").topics()).isEmpty();
    }

    @Test
    void refuseWhoIsNoBrokerOfTheCluster() {
        bed.forbidden.add("anything");
        AddPartitionsToTxnResponse additions = bed.call(4, new AddPartitionsToTxnRequest());
        assertThat(additions.errorCode()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
        WriteTxnMarkersResponse markers = bed.call(
                1,
                new WriteTxnMarkersRequest()
                        .markers(List.of(new WritableTxnMarker()
                                .topics(List.of(
                                        new WritableTxnMarkerTopic().name("t1").partitionIndexes(new int[] {0}))))));
        assertThat(markers.markers().get(0).topics().get(0).partitions().get(0).errorCode())
                .isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    @Test
    void addAllPartitionsOrNone() {
        AddPartitionsToTxnResponse answer = bed.call(
                3,
                new AddPartitionsToTxnRequest()
                        .v3AndBelowTransactionalId("tx")
                        .v3AndBelowProducerId(PRODUCER)
                        .v3AndBelowTopics(
                                List.of(new AddPartitionsToTxnTopic().name("t1").partitions(new int[] {0, 2}))));
        assertThat(answer.resultsByTopicV3AndBelow().get(0).resultsByPartition())
                .extracting(AddPartitionsToTxnPartitionResult::partitionErrorCode)
                .containsExactly(ErrorCode.OPERATION_NOT_ATTEMPTED.code(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(described("tx").transactionState()).isEqualTo("Empty");
    }

    @Test
    void sayThatTheCoordinatorIsElsewhere() {
        bed.transactions.resigned(0, OptionalInt.of(2));
        ErrorCode refusal = ErrorCode.NOT_COORDINATOR;
        assertThat(bed.<InitProducerIdResponse>call(5, init()).errorCode()).isEqualTo(refusal.code());
        assertThat(added(3, "t1", 0)).containsExactly(refusal);
        assertThat(added(5, "t1", 0)).containsExactly(refusal);
        assertThat(offsetsAdded("g")).isEqualTo(refusal);
        assertThat(ended(4).errorCode()).isEqualTo(refusal.code());
        assertThat(described("tx").errorCode()).isEqualTo(refusal.code());
        assertThat(listed(new ListTransactionsRequest()).errorCode()).isZero();
    }

    @Test
    void bumpTheEpochWithEachEndInTheSecondProtocolOnly() {
        assertThat(added(3, "t1", 0)).containsExactly(ErrorCode.NONE);
        assertThat(ended(5)).isEqualTo(new EndTxnResponse().producerId(PRODUCER).producerEpoch((short) 1));
        assertThat(added(5, "t1", 1)).containsExactly(ErrorCode.PRODUCER_FENCED);
        assertThat(ended(4).errorCode()).isEqualTo(ErrorCode.PRODUCER_FENCED.code());
        assertThat(ended(1).errorCode()).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH.code());
    }

    @Test
    void filterByAPatternThatTheWholeIdMatches() {
        assertThat(listed(new ListTransactionsRequest().transactionalIdPattern("t."))
                        .transactionStates())
                .hasSize(1);
        assertThat(listed(new ListTransactionsRequest().transactionalIdPattern("t"))
                        .transactionStates())
                .isEmpty();
        assertThat(listed(new ListTransactionsRequest().transactionalIdPattern(""))
                        .transactionStates())
                .hasSize(1);
        assertThat(listed(new ListTransactionsRequest().transactionalIdPattern("("))
                        .errorCode())
                .isEqualTo(ErrorCode.INVALID_REGULAR_EXPRESSION.code());
    }

    @Test
    void knowTopicsByTheirIdInTheNewestVersion() {
        assertThat(committed(6, new TxnOffsetCommitRequestTopic().topicId(new Uuid(7, 7))))
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    }

    private static InitProducerIdRequest init() {
        return new InitProducerIdRequest().transactionalId("tx").transactionTimeoutMs(60_000);
    }

    private List<ErrorCode> added(int version, String topic, int partition) {
        List<AddPartitionsToTxnTopic> topics =
                List.of(new AddPartitionsToTxnTopic().name(topic).partitions(new int[] {partition}));
        AddPartitionsToTxnRequest request = new AddPartitionsToTxnRequest()
                .v3AndBelowTransactionalId("tx")
                .v3AndBelowProducerId(PRODUCER)
                .v3AndBelowTopics(topics)
                .transactions(List.of(new AddPartitionsToTxnTransaction()
                        .transactionalId("tx")
                        .producerId(PRODUCER)
                        .topics(topics)));
        AddPartitionsToTxnResponse answer = bed.call(version, request);
        assertThat(answer.errorCode()).isZero();
        var results = version < 4
                ? answer.resultsByTopicV3AndBelow()
                : answer.resultsByTransaction().get(0).topicResults();
        return results.get(0).resultsByPartition().stream()
                .map(AddPartitionsToTxnPartitionResult::partitionErrorCode)
                .map(ErrorCode::of)
                .toList();
    }

    private ErrorCode offsetsAdded(String group) {
        AddOffsetsToTxnResponse answer = bed.call(
                4,
                new AddOffsetsToTxnRequest()
                        .transactionalId("tx")
                        .producerId(PRODUCER)
                        .groupId(group));
        return ErrorCode.of(answer.errorCode());
    }

    private EndTxnResponse ended(int version) {
        return bed.call(
                version,
                new EndTxnRequest().transactionalId("tx").producerId(PRODUCER).committed(true));
    }

    private ErrorCode committed(int version, TxnOffsetCommitRequestTopic topic) {
        TxnOffsetCommitResponse answer = bed.call(
                version,
                new TxnOffsetCommitRequest()
                        .transactionalId("tx")
                        .groupId("g")
                        .producerId(PRODUCER)
                        .topics(List.of(topic.partitions(List.of(new TxnOffsetCommitRequestPartition())))));
        return ErrorCode.of(answer.topics().get(0).partitions().get(0).errorCode());
    }

    private DescribeTransactionsResponse.TransactionState described(String id) {
        DescribeTransactionsResponse answer =
                bed.call(0, new DescribeTransactionsRequest().transactionalIds(List.of(id)));
        return answer.transactionStates().get(0);
    }

    private ListTransactionsResponse listed(ListTransactionsRequest request) {
        return bed.call(2, request);
    }
}
