package io.barnabas.requests.txn;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.txn.InitRequest;
import io.barnabas.txn.ProducerIds;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import java.util.concurrent.CompletionStage;

/**
 * InitProducerId, v0-v5: an id for a producer, by which its repeated batches are recognised. With a transactional id it
 * fences whoever had that before. v3 may name the id that the producer had; without a transactional id it gets a new one
 * all the same. v4 knows fenced producers.
 */
final class InitProducerIdHandler implements DeferredHandler<InitProducerIdRequest, InitProducerIdResponse> {
    private static final long NO_ID = -1;
    private static final short NO_EPOCH = -1;
    private static final int KNOWS_FENCED_FROM = 4;

    private final ProducerIds producerIds;
    private final TransactionCoordinator transactions;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    InitProducerIdHandler(
            ProducerIds producerIds,
            TransactionCoordinator transactions,
            Authorizer authorizer,
            TransactionErrors errors) {
        this.producerIds = producerIds;
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<InitProducerIdResponse> handle(RequestContext context, InitProducerIdRequest request) {
        ErrorCode error = check(context, request);
        if (error != ErrorCode.NONE) {
            throw errors.refused(context, error);
        }
        return request.transactionalId() == null
                ? producerIds.next().thenApply(answer -> write(context, answer.error(), answer.producerId(), (short) 0))
                : transactions
                        .init(new InitRequest(
                                request.transactionalId(),
                                request.transactionTimeoutMs(),
                                request.producerId(),
                                request.producerEpoch()))
                        .thenApply(answer -> write(context, answer.error(), answer.producerId(), answer.epoch()));
    }

    private ErrorCode check(RequestContext context, InitProducerIdRequest request) {
        String transactionalId = request.transactionalId();
        boolean allowed = transactionalId == null
                ? authorizer.allowsOnCluster(context, Operation.IDEMPOTENT_WRITE)
                : authorizer.allows(context, Operation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId);
        if (!allowed) {
            return transactionalId == null
                    ? ErrorCode.CLUSTER_AUTHORIZATION_FAILED
                    : ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
        }
        boolean halfAnId = request.producerId() == NO_ID ^ request.producerEpoch() == NO_EPOCH;
        return halfAnId ? ErrorCode.INVALID_REQUEST : ErrorCode.NONE;
    }

    private InitProducerIdResponse write(RequestContext context, ErrorCode error, long producerId, short epoch) {
        boolean given = error == ErrorCode.NONE;
        return new InitProducerIdResponse()
                .errorCode(errors.code(context, error, KNOWS_FENCED_FROM))
                .producerId(given ? producerId : NO_ID)
                .producerEpoch(given ? epoch : NO_EPOCH);
    }
}
