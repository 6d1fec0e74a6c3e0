package io.barnabas.requests.data;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsTopic;
import io.barnabas.wire.message.ListOffsetsResponse;
import io.barnabas.wire.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.barnabas.wire.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * ListOffsets, v0-v11: the offset of a point in time, or of one of the named places (earliest, latest and so on). v0
 * answers with a list of offsets where segments begin, v1 with one offset and its time; v2 isolation level, v4 leader
 * epochs, v5 may answer OFFSET_NOT_AVAILABLE, v7 maximum timestamp, v8 earliest local, v9 latest tiered, v10 timeout,
 * v11 earliest pending upload. What has to look into files runs on the disk pool.
 */
public final class ListOffsetsHandler implements DeferredHandler<ListOffsetsRequest, ListOffsetsResponse> {
    private final OffsetQuery newStyle;
    private final OldStyleOffsetQuery oldStyle;
    private final Authorizer authorizer;
    private final Metrics metrics;
    private final Executor diskIo;

    ListOffsetsHandler(
            OffsetQuery newStyle,
            OldStyleOffsetQuery oldStyle,
            Authorizer authorizer,
            Metrics metrics,
            Executor diskIo) {
        this.newStyle = newStyle;
        this.oldStyle = oldStyle;
        this.authorizer = authorizer;
        this.metrics = metrics;
        this.diskIo = diskIo;
    }

    @Override
    public CompletionStage<ListOffsetsResponse> handle(RequestContext context, ListOffsetsRequest request) {
        return isFromMemory(context, request)
                ? CompletableFuture.completedFuture(answer(context, request))
                : CompletableFuture.supplyAsync(() -> answer(context, request), diskIo);
    }

    private static boolean isFromMemory(RequestContext context, ListOffsetsRequest request) {
        if (context.apiVersion() == 0) {
            return false;
        }
        for (ListOffsetsTopic topic : request.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                if (!OffsetQuery.isFromMemory(partition.timestamp())) {
                    return false;
                }
            }
        }
        return true;
    }

    private ListOffsetsResponse answer(RequestContext context, ListOffsetsRequest request) {
        ListOffsetsResponse response = new ListOffsetsResponse();
        Set<PartitionRef> repeated = context.apiVersion() == 0 ? Set.of() : repeated(request);
        for (ListOffsetsTopic topic : request.topics()) {
            boolean allowed = authorizer.allows(context, Operation.DESCRIBE, ResourceType.TOPIC, topic.name());
            ListOffsetsTopicResponse answers = new ListOffsetsTopicResponse().name(topic.name());
            for (ListOffsetsPartition asked : topic.partitions()) {
                PartitionRef name = nameOf(topic, asked);
                ListOffsetsPartitionResponse answer = allowed
                        ? answer(context, request, asked, name, repeated)
                        : refused(name, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
                answers.partitions().add(answer);
                count(answer.errorCode());
            }
            response.topics().add(answers);
        }
        return response;
    }

    private ListOffsetsPartitionResponse answer(
            RequestContext context,
            ListOffsetsRequest request,
            ListOffsetsPartition asked,
            PartitionRef name,
            Set<PartitionRef> repeated) {
        if (repeated.contains(name)) {
            return refused(name, ErrorCode.INVALID_REQUEST);
        }
        ListOffsetsPartitionResponse answer = new ListOffsetsPartitionResponse().partitionIndex(name.partition());
        return context.apiVersion() == 0
                ? oldStyle.answer(name, asked, request.replicaId(), answer)
                : newStyle.answer(context.apiVersion(), name, asked, request, answer);
    }

    /** A question that is asked twice gets no answer at all. */
    private static Set<PartitionRef> repeated(ListOffsetsRequest request) {
        Set<PartitionRef> seen = new HashSet<>();
        Set<PartitionRef> repeated = new HashSet<>();
        for (ListOffsetsTopic topic : request.topics()) {
            for (ListOffsetsPartition asked : topic.partitions()) {
                PartitionRef name = nameOf(topic, asked);
                if (!seen.add(name)) {
                    repeated.add(name);
                }
            }
        }
        return repeated;
    }

    private static ListOffsetsPartitionResponse refused(PartitionRef name, ErrorCode error) {
        return new ListOffsetsPartitionResponse()
                .partitionIndex(name.partition())
                .errorCode(error.code());
    }

    private void count(short error) {
        if (error != ErrorCode.NONE.code()) {
            metrics.failed(ApiKey.LIST_OFFSETS, ErrorCode.of(error));
        }
    }

    private static PartitionRef nameOf(ListOffsetsTopic topic, ListOffsetsPartition asked) {
        return PartitionRef.byName(topic.name(), asked.partitionIndex());
    }
}
