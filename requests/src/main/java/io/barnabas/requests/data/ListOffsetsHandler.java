package io.barnabas.requests.data;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
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
    private final Executor diskIo;

    ListOffsetsHandler(OffsetQuery newStyle, OldStyleOffsetQuery oldStyle, Authorizer authorizer, Executor diskIo) {
        this.newStyle = newStyle;
        this.oldStyle = oldStyle;
        this.authorizer = authorizer;
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
        for (ListOffsetsTopic topic : request.topics()) {
            boolean allowed = authorizer.allows(context, Operation.DESCRIBE, ResourceType.TOPIC, topic.name());
            ListOffsetsTopicResponse answers = new ListOffsetsTopicResponse().name(topic.name());
            for (ListOffsetsPartition asked : topic.partitions()) {
                PartitionRef name = nameOf(topic, asked);
                answers.partitions().add(answer(context, request, asked, name, allowed, repeated.contains(name)));
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
            boolean allowed,
            boolean repeated) {
        ListOffsetsPartitionResponse answer = new ListOffsetsPartitionResponse().partitionIndex(name.partition());
        if (!allowed) {
            return answer.errorCode(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        }
        if (context.apiVersion() == 0) {
            return oldStyle.answer(name, asked, request.replicaId(), answer);
        }
        if (repeated) {
            return answer.errorCode(ErrorCode.INVALID_REQUEST.code());
        }
        return newStyle.answer(context.apiVersion(), name, asked, request, answer);
    }

    private static PartitionRef nameOf(ListOffsetsTopic topic, ListOffsetsPartition asked) {
        return PartitionRef.byName(topic.name(), asked.partitionIndex());
    }
}
