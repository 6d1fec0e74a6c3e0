package io.barnabas.requests.admin;

import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.requests.ApiException;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.barnabas.wire.message.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.barnabas.wire.message.AlterPartitionReassignmentsResponse;
import io.barnabas.wire.message.AlterPartitionReassignmentsResponse.ReassignablePartitionResponse;
import io.barnabas.wire.message.AlterPartitionReassignmentsResponse.ReassignableTopicResponse;
import java.util.Arrays;

/**
 * AlterPartitionReassignments, v0-v1: which brokers shall have replicas of partitions; v1 asks whether their number may
 * change. Replicas stay where they are: whoever wants just that, as the tool does that moves them between log
 * directories, hears that all is well, anybody else why it cannot be.
 */
final class AlterPartitionReassignmentsHandler
        implements InlineHandler<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse> {
    private final AdminPorts ports;

    AlterPartitionReassignmentsHandler(AdminPorts ports) {
        this.ports = ports;
    }

    @Override
    public AlterPartitionReassignmentsResponse handle(
            RequestContext context, AlterPartitionReassignmentsRequest request) {
        if (!ports.authorizer().allowsOnCluster(context, Operation.ALTER)) {
            throw new ApiException(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        } else if (!ports.isController().getAsBoolean()) {
            throw new ApiException(ErrorCode.NOT_CONTROLLER, null);
        }
        AlterPartitionReassignmentsResponse answer = new AlterPartitionReassignmentsResponse()
                .allowReplicationFactorChange(request.allowReplicationFactorChange());
        MetadataImage metadata = ports.metadata().current();
        for (ReassignableTopic topic : request.topics()) {
            ReassignableTopicResponse answers = new ReassignableTopicResponse().name(topic.name());
            answer.responses().add(answers);
            for (ReassignablePartition partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partitionIndex());
                answers.partitions().add(answer(context, name, refusal(metadata, name, partition.replicas())));
            }
        }
        return answer;
    }

    private ReassignablePartitionResponse answer(RequestContext context, TopicPartition name, Refusal refusal) {
        if (!refusal.isNone()) {
            ports.metrics().failed(context.apiKey(), refusal.error());
        }
        return new ReassignablePartitionResponse()
                .partitionIndex(name.partition())
                .errorCode(refusal.error().code())
                .errorMessage(refusal.message());
    }

    private static Refusal refusal(MetadataImage metadata, TopicPartition name, int[] wanted) {
        PartitionImage partition = metadata.partition(name);
        if (partition == null) {
            return new Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "The partition does not exist.");
        } else if (wanted == null) {
            return new Refusal(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, null);
        } else if (wanted.length == 0) {
            return refused("Empty replica list specified in partition reassignment.");
        } else if (Arrays.stream(wanted).distinct().count() < wanted.length) {
            return refused("Duplicate replica ids in partition reassignment replica list: " + Arrays.toString(wanted));
        } else if (!Arrays.stream(wanted).allMatch(id -> metadata.brokers().containsKey(id))) {
            return refused("Replica assignment has brokers that are not alive. Replica list: "
                    + Arrays.toString(wanted) + ", live broker list: "
                    + metadata.brokers().keySet());
        }
        return Arrays.equals(wanted, partition.replicas())
                ? Refusal.NONE
                : refused("Replicas do not move between brokers yet; those of " + name + " are "
                        + Arrays.toString(partition.replicas()));
    }

    private static Refusal refused(String why) {
        return new Refusal(ErrorCode.INVALID_REPLICA_ASSIGNMENT, why);
    }
}
