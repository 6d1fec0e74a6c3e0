package io.barnabas.requests.logdirs;

import io.barnabas.replication.Replicas;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic;
import io.barnabas.wire.message.AlterReplicaLogDirsResponse;
import io.barnabas.wire.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult;
import io.barnabas.wire.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * AlterReplicaLogDirs, v0-v2, all alike but for the encoding: this broker's replicas move to other log directories of
 * its own. The answer says that a move has begun; DescribeLogDirs tells how far it is.
 */
final class AlterReplicaLogDirsHandler
        implements DeferredHandler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> {
    private final Replicas replicas;
    private final Authorizer authorizer;
    private final Metrics metrics;

    AlterReplicaLogDirsHandler(Replicas replicas, Authorizer authorizer, Metrics metrics) {
        this.replicas = replicas;
        this.authorizer = authorizer;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<AlterReplicaLogDirsResponse> handle(
            RequestContext context, AlterReplicaLogDirsRequest request) {
        if (!authorizer.allowsOnCluster(context, Operation.ALTER)) {
            throw new ApiException(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        }
        return replicas.alterLogDirectories(wanted(request)).thenApply(this::answer);
    }

    /** Of a partition that is named twice the last directory counts. */
    static Map<TopicPartition, String> wanted(AlterReplicaLogDirsRequest request) {
        Map<TopicPartition, String> wanted = new LinkedHashMap<>();
        for (AlterReplicaLogDir directory : request.dirs()) {
            for (AlterReplicaLogDirTopic topic : directory.topics()) {
                for (int partition : topic.partitions()) {
                    wanted.put(new TopicPartition(topic.name(), partition), directory.path());
                }
            }
        }
        return wanted;
    }

    private AlterReplicaLogDirsResponse answer(Map<TopicPartition, ErrorCode> outcomes) {
        Map<String, AlterReplicaLogDirTopicResult> topics = new LinkedHashMap<>();
        outcomes.forEach((partition, outcome) -> {
            if (outcome != ErrorCode.NONE) {
                metrics.failed(ApiKey.ALTER_REPLICA_LOG_DIRS, outcome);
            }
            topics.computeIfAbsent(partition.topic(), name -> new AlterReplicaLogDirTopicResult().topicName(name))
                    .partitions()
                    .add(new AlterReplicaLogDirPartitionResult()
                            .partitionIndex(partition.partition())
                            .errorCode(outcome.code()));
        });
        return new AlterReplicaLogDirsResponse().results(new ArrayList<>(topics.values()));
    }
}
