package io.barnabas.requests.data;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DeleteRecordsRequest;
import io.barnabas.wire.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.barnabas.wire.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.barnabas.wire.message.DeleteRecordsResponse;
import io.barnabas.wire.message.DeleteRecordsResponse.DeleteRecordsTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * DeleteRecords, v0-v2: lets go of all records before an offset; answered once every live replica has done so. Offset
 * -1 stands for the high watermark.
 */
public final class DeleteRecordsHandler implements DeferredHandler<DeleteRecordsRequest, DeleteRecordsResponse> {
    private final PartitionLookup lookup;
    private final Authorizer authorizer;
    private final Metrics metrics;
    private final Timers timers;

    DeleteRecordsHandler(PartitionLookup lookup, Authorizer authorizer, Metrics metrics, Timers timers) {
        this.lookup = lookup;
        this.authorizer = authorizer;
        this.metrics = metrics;
        this.timers = timers;
    }

    @Override
    public CompletionStage<DeleteRecordsResponse> handle(RequestContext context, DeleteRecordsRequest request) {
        DeleteRecordsResponse response = new DeleteRecordsResponse();
        List<RecordDeletion> deletions = new ArrayList<>();
        for (DeleteRecordsTopic topic : request.topics()) {
            DeleteRecordsTopicResult result = new DeleteRecordsTopicResult().name(topic.name());
            response.topics().add(result);
            boolean allowed = authorizer.allows(context, Operation.DELETE, ResourceType.TOPIC, topic.name());
            for (DeleteRecordsPartition asked : topic.partitions()) {
                RecordDeletion deletion = new RecordDeletion(asked.partitionIndex());
                result.partitions().add(deletion.answer());
                deletions.add(deletion);
                if (allowed) {
                    deletion.run(lookup, topic.name(), asked.offset());
                } else {
                    deletion.committed(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
                }
            }
        }
        return limited(deletions, request.timeoutMs()).thenApply(done -> {
            deletions.forEach(this::count);
            return response;
        });
    }

    private void count(RecordDeletion deletion) {
        short error = deletion.answer().errorCode();
        if (error != ErrorCode.NONE.code()) {
            metrics.failed(ApiKey.DELETE_RECORDS, ErrorCode.of(error));
        }
    }

    private CompletableFuture<Void> limited(List<RecordDeletion> deletions, long timeoutMs) {
        CompletableFuture<Void> all = CompletableFuture.allOf(
                deletions.stream().map(RecordDeletion::done).toArray(CompletableFuture<?>[]::new));
        if (!all.isDone()) {
            Timers.Timer timer = timers.schedule(timeoutMs, () -> deletions.forEach(RecordDeletion::expire));
            all.whenComplete((done, failure) -> timer.cancel());
        }
        return all;
    }
}
