package io.barnabas.requests.txn;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.WriteTxnMarkersRequest;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarker;
import io.barnabas.wire.message.WriteTxnMarkersRequest.WritableTxnMarkerTopic;
import io.barnabas.wire.message.WriteTxnMarkersResponse;
import io.barnabas.wire.message.WriteTxnMarkersResponse.WritableTxnMarkerPartitionResult;
import io.barnabas.wire.message.WriteTxnMarkersResponse.WritableTxnMarkerResult;
import io.barnabas.wire.message.WriteTxnMarkersResponse.WritableTxnMarkerTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * WriteTxnMarkers, v0-v2: a coordinator, or an administrator with a hanging transaction, ends transactions in partitions
 * that this broker leads. v1 is compact; v2 says which protocol the producer speaks, of which nothing follows here.
 */
final class WriteTxnMarkersHandler implements DeferredHandler<WriteTxnMarkersRequest, WriteTxnMarkersResponse> {
    private final MarkerWriter writer;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    WriteTxnMarkersHandler(MarkerWriter writer, Authorizer authorizer, TransactionErrors errors) {
        this.writer = writer;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<WriteTxnMarkersResponse> handle(RequestContext context, WriteTxnMarkersRequest request) {
        boolean allowed = authorizer.allowsOnCluster(context, Operation.CLUSTER_ACTION)
                || authorizer.allowsOnCluster(context, Operation.ALTER);
        if (!allowed) {
            throw errors.refused(context, ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        }
        List<CompletionStage<ErrorCode>> written = new ArrayList<>();
        List<WritableTxnMarkerPartitionResult> results = new ArrayList<>();
        WriteTxnMarkersResponse answer = new WriteTxnMarkersResponse();
        for (WritableTxnMarker marker : request.markers()) {
            answer.markers().add(write(marker, written, results));
        }
        return Stages.all(written).thenApply(outcomes -> {
            for (int i = 0; i < results.size(); i++) {
                results.get(i).errorCode(errors.code(context, outcomes.get(i)));
            }
            return answer;
        });
    }

    private WritableTxnMarkerResult write(
            WritableTxnMarker marker,
            List<CompletionStage<ErrorCode>> written,
            List<WritableTxnMarkerPartitionResult> results) {
        MarkerWriter.Ending ending = new MarkerWriter.Ending(
                marker.producerId(), marker.producerEpoch(), marker.transactionResult(), marker.coordinatorEpoch());
        WritableTxnMarkerResult answer = new WritableTxnMarkerResult().producerId(marker.producerId());
        for (WritableTxnMarkerTopic topic : marker.topics()) {
            WritableTxnMarkerTopicResult ofTopic = new WritableTxnMarkerTopicResult().name(topic.name());
            answer.topics().add(ofTopic);
            for (int partition : topic.partitionIndexes()) {
                WritableTxnMarkerPartitionResult result =
                        new WritableTxnMarkerPartitionResult().partitionIndex(partition);
                ofTopic.partitions().add(result);
                results.add(result);
                written.add(writer.write(new TopicPartition(topic.name(), partition), ending));
            }
        }
        return answer;
    }
}
