package io.barnabas.requests;

import static io.barnabas.requests.RecordRefusals.each;

import io.barnabas.requests.Refusals.Refusal;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.message.AlterConfigsRequest;
import io.barnabas.wire.message.AlterConfigsResponse;
import io.barnabas.wire.message.AlterPartitionReassignmentsResponse;
import io.barnabas.wire.message.AlterPartitionResponse;
import io.barnabas.wire.message.AlterReplicaLogDirsRequest;
import io.barnabas.wire.message.AlterReplicaLogDirsResponse;
import io.barnabas.wire.message.ApiVersionsResponse;
import io.barnabas.wire.message.ControlledShutdownResponse;
import io.barnabas.wire.message.CreatePartitionsRequest;
import io.barnabas.wire.message.CreatePartitionsResponse;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsResponse;
import io.barnabas.wire.message.DeleteTopicsRequest;
import io.barnabas.wire.message.DeleteTopicsResponse;
import io.barnabas.wire.message.DescribeClusterResponse;
import io.barnabas.wire.message.DescribeConfigsRequest;
import io.barnabas.wire.message.DescribeConfigsResponse;
import io.barnabas.wire.message.DescribeLogDirsResponse;
import io.barnabas.wire.message.DescribeTopicPartitionsRequest;
import io.barnabas.wire.message.DescribeTopicPartitionsResponse;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest;
import io.barnabas.wire.message.IncrementalAlterConfigsResponse;
import io.barnabas.wire.message.LeaderAndIsrResponse;
import io.barnabas.wire.message.ListConfigResourcesResponse;
import io.barnabas.wire.message.ListPartitionReassignmentsResponse;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.StopReplicaResponse;
import io.barnabas.wire.message.UpdateMetadataResponse;
import java.util.Arrays;
import java.util.List;

/** Refusals of the APIs about topics, configurations and the cluster. */
final class AdminRefusals {
    private static final int TOPICS_BY_ID_FROM = 6;
    private static final int METADATA_NAMES_ERROR_FROM = 13;

    private AdminRefusals() {}

    static ApiMessage answer(ApiMessage request, Refusal refusal) {
        return switch (request.apiKey()) {
            case METADATA -> metadata((MetadataRequest) request, refusal);
            case CREATE_TOPICS -> createTopics((CreateTopicsRequest) request, refusal);
            case DELETE_TOPICS -> deleteTopics((DeleteTopicsRequest) request, refusal);
            case CREATE_PARTITIONS -> createPartitions((CreatePartitionsRequest) request, refusal);
            case DESCRIBE_CONFIGS -> describeConfigs((DescribeConfigsRequest) request, refusal);
            case ALTER_CONFIGS -> alterConfigs((AlterConfigsRequest) request, refusal);
            case INCREMENTAL_ALTER_CONFIGS ->
                incrementalAlterConfigs((IncrementalAlterConfigsRequest) request, refusal);
            case DESCRIBE_TOPIC_PARTITIONS ->
                describeTopicPartitions((DescribeTopicPartitionsRequest) request, refusal);
            case ALTER_PARTITION_REASSIGNMENTS ->
                new AlterPartitionReassignmentsResponse()
                        .errorCode(refusal.error())
                        .errorMessage(refusal.detail());
            case LIST_PARTITION_REASSIGNMENTS ->
                new ListPartitionReassignmentsResponse()
                        .errorCode(refusal.error())
                        .errorMessage(refusal.detail());
            case DESCRIBE_CLUSTER ->
                new DescribeClusterResponse().errorCode(refusal.error()).errorMessage(refusal.detail());
            case ALTER_REPLICA_LOG_DIRS -> alterReplicaLogDirs((AlterReplicaLogDirsRequest) request, refusal);
            case DESCRIBE_LOG_DIRS -> new DescribeLogDirsResponse().errorCode(refusal.error());
            case LIST_CONFIG_RESOURCES -> new ListConfigResourcesResponse().errorCode(refusal.error());
            case API_VERSIONS -> new ApiVersionsResponse().errorCode(refusal.error());
            case LEADER_AND_ISR -> new LeaderAndIsrResponse().errorCode(refusal.error());
            case STOP_REPLICA -> new StopReplicaResponse().errorCode(refusal.error());
            case UPDATE_METADATA -> new UpdateMetadataResponse().errorCode(refusal.error());
            case CONTROLLED_SHUTDOWN -> new ControlledShutdownResponse().errorCode(refusal.error());
            case ALTER_PARTITION -> new AlterPartitionResponse().errorCode(refusal.error());
            default -> null;
        };
    }

    private static MetadataResponse metadata(MetadataRequest request, Refusal refusal) {
        return new MetadataResponse()
                .errorCode(refusal.version() >= METADATA_NAMES_ERROR_FROM ? refusal.error() : 0)
                .topics(each(
                        request.topics(),
                        topic -> new MetadataResponse.MetadataResponseTopic()
                                .name(topic.name() == null ? "" : topic.name())
                                .topicId(topic.topicId())
                                .errorCode(refusal.error())));
    }

    private static CreateTopicsResponse createTopics(CreateTopicsRequest request, Refusal refusal) {
        return new CreateTopicsResponse()
                .topics(each(
                        request.topics(),
                        topic -> new CreateTopicsResponse.CreatableTopicResult()
                                .name(topic.name())
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static DeleteTopicsResponse deleteTopics(DeleteTopicsRequest request, Refusal refusal) {
        List<DeleteTopicsResponse.DeletableTopicResult> refused = refusal.version() >= TOPICS_BY_ID_FROM
                ? each(
                        request.topics(),
                        topic -> new DeleteTopicsResponse.DeletableTopicResult()
                                .name(topic.name())
                                .topicId(topic.topicId()))
                : each(request.topicNames(), name -> new DeleteTopicsResponse.DeletableTopicResult().name(name));
        refused.forEach(topic -> topic.errorCode(refusal.error()).errorMessage(refusal.detail()));
        return new DeleteTopicsResponse().responses(refused);
    }

    private static CreatePartitionsResponse createPartitions(CreatePartitionsRequest request, Refusal refusal) {
        return new CreatePartitionsResponse()
                .results(each(
                        request.topics(),
                        topic -> new CreatePartitionsResponse.CreatePartitionsTopicResult()
                                .name(topic.name())
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static DescribeConfigsResponse describeConfigs(DescribeConfigsRequest request, Refusal refusal) {
        return new DescribeConfigsResponse()
                .results(each(
                        request.resources(),
                        resource -> new DescribeConfigsResponse.DescribeConfigsResult()
                                .resourceType(resource.resourceType())
                                .resourceName(resource.resourceName())
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static AlterConfigsResponse alterConfigs(AlterConfigsRequest request, Refusal refusal) {
        return new AlterConfigsResponse()
                .responses(each(
                        request.resources(),
                        resource -> new AlterConfigsResponse.AlterConfigsResourceResponse()
                                .resourceType(resource.resourceType())
                                .resourceName(resource.resourceName())
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static IncrementalAlterConfigsResponse incrementalAlterConfigs(
            IncrementalAlterConfigsRequest request, Refusal refusal) {
        return new IncrementalAlterConfigsResponse()
                .responses(each(
                        request.resources(),
                        resource -> new IncrementalAlterConfigsResponse.AlterConfigsResourceResponse()
                                .resourceType(resource.resourceType())
                                .resourceName(resource.resourceName())
                                .errorCode(refusal.error())
                                .errorMessage(refusal.detail())));
    }

    private static DescribeTopicPartitionsResponse describeTopicPartitions(
            DescribeTopicPartitionsRequest request, Refusal refusal) {
        return new DescribeTopicPartitionsResponse()
                .topics(each(
                        request.topics(),
                        topic -> new DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic()
                                .name(topic.name())
                                .errorCode(refusal.error())));
    }

    private static AlterReplicaLogDirsResponse alterReplicaLogDirs(
            AlterReplicaLogDirsRequest request, Refusal refusal) {
        return new AlterReplicaLogDirsResponse()
                .results(request.dirs().stream()
                        .flatMap(directory -> directory.topics().stream())
                        .map(topic -> new AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult()
                                .topicName(topic.name())
                                .partitions(Arrays.stream(topic.partitions())
                                        .mapToObj(partition ->
                                                new AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult()
                                                        .partitionIndex(partition)
                                                        .errorCode(refusal.error()))
                                        .toList()))
                        .toList());
    }
}
