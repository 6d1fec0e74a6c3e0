package io.barnabas.requests;

import static io.barnabas.requests.RecordRefusals.each;

import io.barnabas.requests.Refusals.Refusal;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.message.AddOffsetsToTxnResponse;
import io.barnabas.wire.message.AddPartitionsToTxnRequest;
import io.barnabas.wire.message.AddPartitionsToTxnResponse;
import io.barnabas.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.barnabas.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import io.barnabas.wire.message.DescribeProducersRequest;
import io.barnabas.wire.message.DescribeProducersResponse;
import io.barnabas.wire.message.DescribeProducersResponse.PartitionResponse;
import io.barnabas.wire.message.DescribeProducersResponse.TopicResponse;
import io.barnabas.wire.message.DescribeTransactionsRequest;
import io.barnabas.wire.message.DescribeTransactionsResponse;
import io.barnabas.wire.message.DescribeTransactionsResponse.TransactionState;
import io.barnabas.wire.message.EndTxnResponse;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ListTransactionsResponse;
import io.barnabas.wire.message.TxnOffsetCommitRequest;
import io.barnabas.wire.message.TxnOffsetCommitResponse;
import io.barnabas.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.barnabas.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import io.barnabas.wire.message.WriteTxnMarkersRequest;
import io.barnabas.wire.message.WriteTxnMarkersResponse;
import io.barnabas.wire.message.WriteTxnMarkersResponse.WritableTxnMarkerPartitionResult;
import io.barnabas.wire.message.WriteTxnMarkersResponse.WritableTxnMarkerResult;
import io.barnabas.wire.message.WriteTxnMarkersResponse.WritableTxnMarkerTopicResult;
import java.util.Arrays;
import java.util.List;

/** Refusals of the APIs about producer ids and transactions. */
final class TransactionRefusals {
    private static final int ADDITIONS_NAME_ERROR_ONCE_FROM = 4;

    private TransactionRefusals() {}

    static ApiMessage answer(ApiMessage request, Refusal refusal) {
        return switch (request.apiKey()) {
            case INIT_PRODUCER_ID ->
                new InitProducerIdResponse()
                        .errorCode(refusal.error())
                        .producerId(-1)
                        .producerEpoch((short) -1);
            case ADD_OFFSETS_TO_TXN -> new AddOffsetsToTxnResponse().errorCode(refusal.error());
            case ADD_PARTITIONS_TO_TXN -> addPartitions((AddPartitionsToTxnRequest) request, refusal);
            case TXN_OFFSET_COMMIT -> commit((TxnOffsetCommitRequest) request, refusal);
            case WRITE_TXN_MARKERS -> writeMarkers((WriteTxnMarkersRequest) request, refusal);
            case DESCRIBE_TRANSACTIONS -> describe((DescribeTransactionsRequest) request, refusal);
            case DESCRIBE_PRODUCERS -> describeProducers((DescribeProducersRequest) request, refusal);
            case END_TXN -> new EndTxnResponse().errorCode(refusal.error());
            case LIST_TRANSACTIONS -> new ListTransactionsResponse().errorCode(refusal.error());
            case ALLOCATE_PRODUCER_IDS -> new AllocateProducerIdsResponse().errorCode(refusal.error());
            default -> null;
        };
    }

    private static AddPartitionsToTxnResponse addPartitions(AddPartitionsToTxnRequest request, Refusal refusal) {
        if (refusal.version() >= ADDITIONS_NAME_ERROR_ONCE_FROM) {
            return new AddPartitionsToTxnResponse().errorCode(refusal.error());
        }
        return new AddPartitionsToTxnResponse()
                .resultsByTopicV3AndBelow(each(
                        request.v3AndBelowTopics(),
                        topic -> new AddPartitionsToTxnTopicResult()
                                .name(topic.name())
                                .resultsByPartition(each(
                                        boxed(topic.partitions()),
                                        partition -> new AddPartitionsToTxnPartitionResult()
                                                .partitionIndex(partition)
                                                .partitionErrorCode(refusal.error())))));
    }

    private static TxnOffsetCommitResponse commit(TxnOffsetCommitRequest request, Refusal refusal) {
        return new TxnOffsetCommitResponse()
                .topics(each(
                        request.topics(),
                        topic -> new TxnOffsetCommitResponseTopic()
                                .name(topic.name())
                                .topicId(topic.topicId())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> new TxnOffsetCommitResponsePartition()
                                                .partitionIndex(partition.partitionIndex())
                                                .errorCode(refusal.error())))));
    }

    private static WriteTxnMarkersResponse writeMarkers(WriteTxnMarkersRequest request, Refusal refusal) {
        return new WriteTxnMarkersResponse()
                .markers(each(
                        request.markers(),
                        marker -> new WritableTxnMarkerResult()
                                .producerId(marker.producerId())
                                .topics(each(
                                        marker.topics(),
                                        topic -> new WritableTxnMarkerTopicResult()
                                                .name(topic.name())
                                                .partitions(each(
                                                        boxed(topic.partitionIndexes()),
                                                        partition -> new WritableTxnMarkerPartitionResult()
                                                                .partitionIndex(partition)
                                                                .errorCode(refusal.error())))))));
    }

    private static DescribeTransactionsResponse describe(DescribeTransactionsRequest request, Refusal refusal) {
        return new DescribeTransactionsResponse()
                .transactionStates(each(
                        request.transactionalIds(),
                        id -> new TransactionState().transactionalId(id).errorCode(refusal.error())));
    }

    private static DescribeProducersResponse describeProducers(DescribeProducersRequest request, Refusal refusal) {
        return new DescribeProducersResponse()
                .topics(each(
                        request.topics(),
                        topic -> new TopicResponse()
                                .name(topic.name())
                                .partitions(each(
                                        boxed(topic.partitionIndexes()),
                                        partition -> new PartitionResponse()
                                                .partitionIndex(partition)
                                                .errorCode(refusal.error())
                                                .errorMessage(refusal.detail())))));
    }

    private static List<Integer> boxed(int[] partitions) {
        return Arrays.stream(partitions).boxed().toList();
    }
}
