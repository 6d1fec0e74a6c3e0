package io.barnabas.requests.group;

import io.barnabas.group.CommitRequest;
import io.barnabas.group.CommittedOffset;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.OffsetCommitRequest;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.barnabas.wire.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.barnabas.wire.message.OffsetCommitResponse;
import io.barnabas.wire.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.barnabas.wire.message.OffsetCommitResponse.OffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * OffsetCommit, v0-v10: how far a group has got. v0 means the offsets in ZooKeeper; v1 has a time for each partition, v2-v4 a retention for all, v6
 * leader epochs, v7 static members; v9 calls the generation an epoch; v10 names topics by id.
 */
final class OffsetCommitHandler implements DeferredHandler<OffsetCommitRequest, OffsetCommitResponse> {
    private static final long UNSET = -1;

    private final GroupCoordinator groups;
    private final OldOffsets old;
    private final TopicNames topics;
    private final Authorizer authorizer;
    private final Clock clock;
    private final GroupErrors errors;

    OffsetCommitHandler(
            GroupCoordinator groups,
            OldOffsets old,
            TopicNames topics,
            Authorizer authorizer,
            Clock clock,
            GroupErrors errors) {
        this.groups = groups;
        this.old = old;
        this.topics = topics;
        this.authorizer = authorizer;
        this.clock = clock;
        this.errors = errors;
    }

    @Override
    public CompletionStage<OffsetCommitResponse> handle(RequestContext context, OffsetCommitRequest request) {
        if (!authorizer.allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.notAuthorized(context);
        }
        Commit commit = new Commit(context, request, clock.nowMs());
        request.topics().forEach(commit::add);
        if (commit.offsets.isEmpty()) {
            return CompletableFuture.completedStage(commit.answer);
        }
        if (context.apiVersion() == 0) {
            return old.commit(request.groupId(), commit.offsets).thenApply(commit::complete);
        }
        return groups.commit(new CommitRequest(
                        request.groupId(),
                        request.memberId(),
                        request.groupInstanceId(),
                        request.generationIdOrMemberEpoch(),
                        commit.offsets))
                .thenApply(commit::complete);
    }

    /** One request on its way: what is asked of the group, and the answer as it grows. */
    private final class Commit {
        private final RequestContext context;
        private final OffsetCommitRequest request;
        private final long nowMs;
        private final Map<TopicPartition, CommittedOffset> offsets = new LinkedHashMap<>();
        private final List<Asked> asked = new ArrayList<>();
        private final List<OffsetCommitResponseTopic> answered = new ArrayList<>();
        private final OffsetCommitResponse answer = new OffsetCommitResponse().topics(answered);

        private Commit(RequestContext context, OffsetCommitRequest request, long nowMs) {
            this.context = context;
            this.request = request;
            this.nowMs = nowMs;
        }

        private void add(OffsetCommitRequestTopic topic) {
            String name = topics.nameOf(topic.name(), topic.topicId());
            ErrorCode topicError = checkTopic(name);
            List<OffsetCommitResponsePartition> partitions = new ArrayList<>();
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                TopicPartition named = new TopicPartition(name, partition.partitionIndex());
                ErrorCode error = topicError == ErrorCode.NONE ? topics.check(named) : topicError;
                OffsetCommitResponsePartition entry = new OffsetCommitResponsePartition()
                        .partitionIndex(partition.partitionIndex())
                        .errorCode(errors.code(context, error));
                partitions.add(entry);
                if (error == ErrorCode.NONE) {
                    offsets.put(named, offset(partition));
                    asked.add(new Asked(named, entry));
                }
            }
            answered.add(new OffsetCommitResponseTopic()
                    .name(topic.name())
                    .topicId(topic.topicId())
                    .partitions(partitions));
        }

        private ErrorCode checkTopic(String name) {
            if (name == null) {
                return ErrorCode.UNKNOWN_TOPIC_ID;
            }
            return authorizer.allows(context, Operation.READ, ResourceType.TOPIC, name)
                    ? ErrorCode.NONE
                    : ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }

        private CommittedOffset offset(OffsetCommitRequestPartition partition) {
            return new CommittedOffset(
                    partition.committedOffset(),
                    partition.committedLeaderEpoch(),
                    partition.committedMetadata() == null ? "" : partition.committedMetadata(),
                    partition.commitTimestamp() == UNSET ? nowMs : partition.commitTimestamp(),
                    request.retentionTimeMs() == UNSET
                            ? CommittedOffset.NO_TIMESTAMP
                            : nowMs + request.retentionTimeMs());
        }

        private OffsetCommitResponse complete(Map<TopicPartition, ErrorCode> results) {
            for (Asked one : asked) {
                one.entry.errorCode(errors.code(context, results.get(one.partition)));
            }
            return answer;
        }
    }

    private record Asked(TopicPartition partition, OffsetCommitResponsePartition entry) {}
}
