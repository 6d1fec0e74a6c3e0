package io.barnabas.requests.group;

import io.barnabas.group.DeleteOffsetsAnswer;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.OffsetDeleteRequest;
import io.barnabas.wire.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.barnabas.wire.message.OffsetDeleteResponse;
import io.barnabas.wire.message.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.barnabas.wire.message.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** OffsetDelete, v0: offsets of topics that a group does not read any more are forgotten. */
final class OffsetDeleteHandler implements DeferredHandler<OffsetDeleteRequest, OffsetDeleteResponse> {
    private final GroupCoordinator groups;
    private final TopicNames topics;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    OffsetDeleteHandler(GroupCoordinator groups, TopicNames topics, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.topics = topics;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<OffsetDeleteResponse> handle(RequestContext context, OffsetDeleteRequest request) {
        if (!authorizer.allows(context, Operation.DELETE, ResourceType.GROUP, request.groupId())) {
            throw errors.notAuthorized(context);
        }
        Map<TopicPartition, ErrorCode> checked = new LinkedHashMap<>();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            boolean allowed = authorizer.allows(context, Operation.READ, ResourceType.TOPIC, topic.name());
            topic.partitions().forEach(partition -> {
                TopicPartition named = new TopicPartition(topic.name(), partition.partitionIndex());
                checked.put(named, allowed ? topics.check(named) : ErrorCode.TOPIC_AUTHORIZATION_FAILED);
            });
        }
        List<TopicPartition> valid = checked.keySet().stream()
                .filter(partition -> checked.get(partition) == ErrorCode.NONE)
                .toList();
        return groups.deleteOffsets(request.groupId(), valid).thenApply(answer -> write(context, checked, answer));
    }

    private OffsetDeleteResponse write(
            RequestContext context, Map<TopicPartition, ErrorCode> checked, DeleteOffsetsAnswer answer) {
        if (answer.error() != ErrorCode.NONE) {
            return new OffsetDeleteResponse().errorCode(errors.code(context, answer.error()));
        }
        checked.putAll(answer.errors());
        Map<String, List<OffsetDeleteResponsePartition>> byTopic = new LinkedHashMap<>();
        checked.forEach((partition, error) -> byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(new OffsetDeleteResponsePartition()
                        .partitionIndex(partition.partition())
                        .errorCode(errors.code(context, error))));
        List<OffsetDeleteResponseTopic> answered = new ArrayList<>();
        byTopic.forEach((topic, partitions) ->
                answered.add(new OffsetDeleteResponseTopic().name(topic).partitions(partitions)));
        return new OffsetDeleteResponse().topics(answered);
    }
}
