package io.barnabas.requests.data;

import io.barnabas.log.LeaderEpochs;
import io.barnabas.log.PartitionLog;
import io.barnabas.replication.Partition;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.barnabas.wire.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.barnabas.wire.message.OffsetForLeaderEpochResponse;
import io.barnabas.wire.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.barnabas.wire.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;

/**
 * OffsetForLeaderEpoch, v0-v4: where a leader epoch ended, so that a replica or consumer can tell what of its own is no
 * longer true. v1 adds the epoch that the answer is about, v2 throttle time and the asker's idea of the present epoch,
 * v3 the asker's replica id.
 */
public final class OffsetForLeaderEpochHandler
        implements InlineHandler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> {
    private final PartitionLookup lookup;
    private final Authorizer authorizer;
    private final Metrics metrics;

    OffsetForLeaderEpochHandler(PartitionLookup lookup, Authorizer authorizer, Metrics metrics) {
        this.lookup = lookup;
        this.authorizer = authorizer;
        this.metrics = metrics;
    }

    @Override
    public OffsetForLeaderEpochResponse handle(RequestContext context, OffsetForLeaderEpochRequest request) {
        OffsetForLeaderEpochResponse response = new OffsetForLeaderEpochResponse();
        boolean isBroker = authorizer.allowsOnCluster(context, Operation.CLUSTER_ACTION);
        for (OffsetForLeaderTopic topic : request.topics()) {
            boolean allowed =
                    isBroker || authorizer.allows(context, Operation.DESCRIBE, ResourceType.TOPIC, topic.topic());
            OffsetForLeaderTopicResult result = new OffsetForLeaderTopicResult().topic(topic.topic());
            for (OffsetForLeaderPartition asked : topic.partitions()) {
                EpochEndOffset answer = new EpochEndOffset().partition(asked.partition());
                result.partitions().add(answer);
                if (allowed) {
                    answer(topic.topic(), asked, answer);
                } else {
                    refuse(answer, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
                }
            }
            response.topics().add(result);
        }
        return response;
    }

    private void answer(String topic, OffsetForLeaderPartition asked, EpochEndOffset answer) {
        PartitionRef name = PartitionRef.byName(topic, asked.partition());
        Partition partition = lookup.find(name);
        ErrorCode refusal =
                partition == null ? lookup.whyAbsent(name) : partition.view().leaderRefusal(asked.currentLeaderEpoch());
        if (refusal != ErrorCode.NONE) {
            refuse(answer, refusal);
            return;
        }
        PartitionLog log = partition.log();
        LeaderEpochs.EndOffset end = log.leaderEpochs().endOffsetOf(asked.leaderEpoch(), log.logEndOffset());
        answer.leaderEpoch(end.epoch()).endOffset(end.endOffset());
    }

    private void refuse(EpochEndOffset answer, ErrorCode error) {
        answer.errorCode(error.code());
        metrics.failed(ApiKey.OFFSET_FOR_LEADER_EPOCH, error);
    }
}
