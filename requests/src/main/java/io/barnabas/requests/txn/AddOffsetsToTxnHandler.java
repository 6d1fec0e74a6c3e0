package io.barnabas.requests.txn;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.txn.AddRequest;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AddOffsetsToTxnRequest;
import io.barnabas.wire.message.AddOffsetsToTxnResponse;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * AddOffsetsToTxn, v0-v4: a group's offsets become part of a transaction, that is the partition where they are kept.
 * v2 knows fenced producers.
 */
final class AddOffsetsToTxnHandler implements DeferredHandler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse> {
    private static final int KNOWS_FENCED_FROM = 2;
    private static final short CLASSIC = 0;

    private final TransactionCoordinator transactions;
    private final GroupCoordinator groups;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    AddOffsetsToTxnHandler(
            TransactionCoordinator transactions,
            GroupCoordinator groups,
            Authorizer authorizer,
            TransactionErrors errors) {
        this.transactions = transactions;
        this.groups = groups;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<AddOffsetsToTxnResponse> handle(RequestContext context, AddOffsetsToTxnRequest request) {
        String id = request.transactionalId();
        if (!authorizer.allows(context, Operation.WRITE, ResourceType.TRANSACTIONAL_ID, id)) {
            throw errors.refused(context, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
        }
        if (!authorizer.allows(context, Operation.READ, ResourceType.GROUP, request.groupId())) {
            throw errors.refused(context, ErrorCode.GROUP_AUTHORIZATION_FAILED);
        }
        TopicPartition offsets = new TopicPartition(GroupCoordinator.TOPIC, groups.partitionFor(request.groupId()));
        return transactions
                .add(new AddRequest(id, request.producerId(), request.producerEpoch(), Set.of(offsets), CLASSIC))
                .thenApply(error ->
                        new AddOffsetsToTxnResponse().errorCode(errors.code(context, error, KNOWS_FENCED_FROM)));
    }
}
