package io.barnabas.requests.group;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.PartitionImage;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.FindCoordinatorResponse.Coordinator;
import java.util.ArrayList;
import java.util.List;

/**
 * FindCoordinator, v0-v6: which broker coordinates a group or, from v1 on, a transactional id. Makes the topic that
 * holds their state when it is asked for the first time. v4 asks for several; v6 adds share groups, which are not
 * served.
 */
final class FindCoordinatorHandler implements InlineHandler<FindCoordinatorRequest, FindCoordinatorResponse> {
    private static final int SEVERAL_FROM = 4;

    /** What Kafka has always said in place of a message when all is well. */
    private static final String FOUND = "NONE";

    private static final int GROUP = 0;
    private static final int TRANSACTION = 1;
    private static final int NOBODY = -1;

    private final GroupCoordinator groups;
    private final OffsetsTopic offsetsTopic;
    private final TransactionsTopic transactionsTopic;
    private final MetadataCache metadata;
    private final BrokerAddresses addresses;
    private final Authorizer authorizer;
    private final GroupErrors errors;

    FindCoordinatorHandler(
            GroupCoordinator groups,
            OffsetsTopic offsetsTopic,
            TransactionsTopic transactionsTopic,
            MetadataCache metadata,
            BrokerAddresses addresses,
            Authorizer authorizer,
            GroupErrors errors) {
        this.groups = groups;
        this.offsetsTopic = offsetsTopic;
        this.transactionsTopic = transactionsTopic;
        this.metadata = metadata;
        this.addresses = addresses;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public FindCoordinatorResponse handle(RequestContext context, FindCoordinatorRequest request) {
        if (context.apiVersion() < SEVERAL_FROM) {
            Coordinator found = find(context, request.keyType(), request.key());
            return new FindCoordinatorResponse()
                    .errorCode(found.errorCode())
                    .errorMessage(found.errorMessage())
                    .nodeId(found.nodeId())
                    .host(found.host())
                    .port(found.port());
        }
        List<Coordinator> coordinators = new ArrayList<>();
        request.coordinatorKeys().forEach(key -> coordinators.add(find(context, request.keyType(), key)));
        return new FindCoordinatorResponse().coordinators(coordinators);
    }

    private Coordinator find(RequestContext context, byte keyType, String key) {
        return switch (keyType) {
            case GROUP -> group(context, key);
            case TRANSACTION -> transaction(context, key);
            default -> none(context, key, ErrorCode.INVALID_REQUEST, "No coordinators of type " + keyType + ".");
        };
    }

    private Coordinator group(RequestContext context, String group) {
        if (!authorizer.allows(context, Operation.DESCRIBE, ResourceType.GROUP, group)) {
            return none(context, group, ErrorCode.GROUP_AUTHORIZATION_FAILED);
        }
        return leader(
                context,
                group,
                new TopicPartition(GroupCoordinator.TOPIC, groups.partitionFor(group)),
                offsetsTopic::create);
    }

    private Coordinator transaction(RequestContext context, String transactionalId) {
        if (!authorizer.allows(context, Operation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, transactionalId)) {
            return none(context, transactionalId, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
        }
        return leader(
                context,
                transactionalId,
                new TopicPartition(TransactionCoordinator.TOPIC, transactionsTopic.partitionFor(transactionalId)),
                transactionsTopic::create);
    }

    /** @param creation has the topic made when it is missing */
    private Coordinator leader(RequestContext context, String key, TopicPartition state, Runnable creation) {
        MetadataImage image = metadata.current();
        if (!image.hasTopic(state.topic())) {
            creation.run();
            return none(context, key, ErrorCode.COORDINATOR_NOT_AVAILABLE);
        }
        PartitionImage partition = image.partition(state);
        BrokerEndpoint node =
                partition == null || partition.leader() < 0 ? null : addresses.of(context, partition.leader());
        return node == null
                ? none(context, key, ErrorCode.COORDINATOR_NOT_AVAILABLE)
                : new Coordinator()
                        .key(key)
                        .nodeId(partition.leader())
                        .host(node.host())
                        .port(node.port())
                        .errorMessage(context.apiVersion() < SEVERAL_FROM ? FOUND : "");
    }

    private Coordinator none(RequestContext context, String key, ErrorCode error) {
        return none(context, key, error, error.defaultMessage());
    }

    private Coordinator none(RequestContext context, String key, ErrorCode error, String message) {
        return new Coordinator()
                .key(key)
                .nodeId(NOBODY)
                .port(NOBODY)
                .errorCode(errors.code(context, error))
                .errorMessage(message);
    }
}
