package io.barnabas.requests.group;

import io.barnabas.group.FetchAnswer;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Stages;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.OffsetFetchRequest;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.barnabas.wire.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.barnabas.wire.message.OffsetFetchResponse;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.barnabas.wire.message.OffsetFetchResponse.OffsetFetchResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * OffsetFetch, v0-v10: how far groups have got. v0 means the offsets in ZooKeeper; v2 may ask for all partitions and names an error once; v5 leader
 * epochs; v7 may wait out open transactions; v8 several groups; v9 tells member and epoch, of which a classic group
 * makes nothing; v10 names topics by id.
 */
final class OffsetFetchHandler implements DeferredHandler<OffsetFetchRequest, OffsetFetchResponse> {
    private static final int SEVERAL_GROUPS_FROM = 8;

    private final GroupCoordinator groups;
    private final OldOffsets old;
    private final TopicNames topics;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    OffsetFetchHandler(
            GroupCoordinator groups, OldOffsets old, TopicNames topics, Authorizer authorizer, GroupErrors errors) {
        this.groups = groups;
        this.old = old;
        this.topics = topics;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<OffsetFetchResponse> handle(RequestContext context, OffsetFetchRequest request) {
        if (context.apiVersion() < SEVERAL_GROUPS_FROM) {
            return fetch(context, onlyGroup(request), request.requireStable())
                    .thenApply(group -> onlyGroup(context, group));
        }
        List<CompletionStage<OffsetFetchResponseGroup>> fetched = new ArrayList<>();
        for (OffsetFetchRequestGroup group : request.groups()) {
            fetched.add(fetch(context, group, request.requireStable()));
        }
        return Stages.all(fetched).thenApply(all -> new OffsetFetchResponse().groups(all));
    }

    private CompletionStage<OffsetFetchResponseGroup> fetch(
            RequestContext context, OffsetFetchRequestGroup group, boolean requireStable) {
        if (!authorizer.allows(context, Operation.DESCRIBE, ResourceType.GROUP, group.groupId())) {
            return CompletableFuture.completedStage(
                    failed(context, group.groupId(), ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        FetchedTopics answer = new FetchedTopics(
                context, topics, topic -> authorizer.allows(context, Operation.DESCRIBE, ResourceType.TOPIC, topic));
        if (group.topics() != null) {
            group.topics().forEach(answer::ask);
        }
        return offsets(context, group, answer, requireStable)
                .thenApply(fetched -> fetched.error() == ErrorCode.NONE
                        ? complete(group, answer, fetched)
                        : failed(context, group.groupId(), fetched.error()));
    }

    private CompletionStage<FetchAnswer> offsets(
            RequestContext context, OffsetFetchRequestGroup group, FetchedTopics answer, boolean requireStable) {
        return context.apiVersion() == 0
                ? old.fetch(group.groupId(), answer.asked())
                : groups.fetch(group.groupId(), group.topics() == null ? null : answer.asked(), requireStable);
    }

    private static OffsetFetchResponseGroup complete(
            OffsetFetchRequestGroup group, FetchedTopics answer, FetchAnswer fetched) {
        return new OffsetFetchResponseGroup()
                .groupId(group.groupId())
                .topics(group.topics() == null ? answer.all(fetched.offsets()) : answer.complete(fetched.offsets()));
    }

    private OffsetFetchResponseGroup failed(RequestContext context, String groupId, ErrorCode error) {
        return new OffsetFetchResponseGroup().groupId(groupId).errorCode(errors.code(context, error));
    }

    private static OffsetFetchRequestGroup onlyGroup(OffsetFetchRequest request) {
        OffsetFetchRequestGroup group = new OffsetFetchRequestGroup().groupId(request.groupId());
        if (request.topics() == null) {
            return group.topics(null);
        }
        List<OffsetFetchRequestTopics> asked = new ArrayList<>();
        request.topics()
                .forEach(topic -> asked.add(
                        new OffsetFetchRequestTopics().name(topic.name()).partitionIndexes(topic.partitionIndexes())));
        return group.topics(asked);
    }

    /** An error of the group is refused as a whole, which the oldest versions see in every partition. */
    private OffsetFetchResponse onlyGroup(RequestContext context, OffsetFetchResponseGroup group) {
        if (group.errorCode() != ErrorCode.NONE.code()) {
            throw errors.refused(context, ErrorCode.of(group.errorCode()));
        }
        List<OffsetFetchResponseTopic> answered = new ArrayList<>();
        group.topics().forEach(topic -> {
            List<OffsetFetchResponsePartition> partitions = new ArrayList<>();
            topic.partitions()
                    .forEach(partition -> partitions.add(new OffsetFetchResponsePartition()
                            .partitionIndex(partition.partitionIndex())
                            .committedOffset(partition.committedOffset())
                            .committedLeaderEpoch(partition.committedLeaderEpoch())
                            .metadata(partition.metadata())
                            .errorCode(partition.errorCode())));
            answered.add(new OffsetFetchResponseTopic().name(topic.name()).partitions(partitions));
        });
        return new OffsetFetchResponse().topics(answered);
    }
}
