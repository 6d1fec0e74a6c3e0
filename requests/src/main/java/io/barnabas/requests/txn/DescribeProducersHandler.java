package io.barnabas.requests.txn;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionView;
import io.barnabas.replication.ProducerOverview;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.DescribeProducersRequest;
import io.barnabas.wire.message.DescribeProducersRequest.TopicRequest;
import io.barnabas.wire.message.DescribeProducersResponse;
import io.barnabas.wire.message.DescribeProducersResponse.PartitionResponse;
import io.barnabas.wire.message.DescribeProducersResponse.ProducerState;
import io.barnabas.wire.message.DescribeProducersResponse.TopicResponse;

/** DescribeProducers, v0: what the leaders of partitions remember of producers. */
final class DescribeProducersHandler implements InlineHandler<DescribeProducersRequest, DescribeProducersResponse> {
    private final Replicas replicas;
    private final MetadataCache metadata;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    DescribeProducersHandler(
            Replicas replicas, MetadataCache metadata, Authorizer authorizer, TransactionErrors errors) {
        this.replicas = replicas;
        this.metadata = metadata;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public DescribeProducersResponse handle(RequestContext context, DescribeProducersRequest request) {
        DescribeProducersResponse answer = new DescribeProducersResponse();
        for (TopicRequest topic : request.topics()) {
            TopicResponse ofTopic = new TopicResponse().name(topic.name());
            answer.topics().add(ofTopic);
            for (int partition : topic.partitionIndexes()) {
                ofTopic.partitions().add(describe(context, new TopicPartition(topic.name(), partition)));
            }
        }
        return answer;
    }

    private PartitionResponse describe(RequestContext context, TopicPartition name) {
        PartitionResponse answer = new PartitionResponse().partitionIndex(name.partition());
        Partition partition = replicas.partition(name);
        ErrorCode refusal = refusal(context, name, partition);
        if (refusal != ErrorCode.NONE) {
            return answer.errorCode(errors.code(context, refusal)).errorMessage(refusal.defaultMessage());
        }
        partition.producers().forEach(producer -> answer.activeProducers().add(write(producer)));
        return answer;
    }

    private ErrorCode refusal(RequestContext context, TopicPartition name, Partition partition) {
        if (!authorizer.allows(context, Operation.READ, ResourceType.TOPIC, name.topic())) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (partition != null) {
            return partition.view().leaderRefusal(PartitionView.NO_EPOCH);
        }
        return metadata.current().partition(name) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }

    private static ProducerState write(ProducerOverview producer) {
        return new ProducerState()
                .producerId(producer.producerId())
                .producerEpoch(producer.epoch())
                .lastSequence(producer.lastSequence())
                .lastTimestamp(producer.lastTimestamp())
                .coordinatorEpoch(producer.coordinatorEpoch())
                .currentTxnStartOffset(producer.currentTxnFirstOffset());
    }
}
