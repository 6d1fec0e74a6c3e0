package io.barnabas.requests.txn;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.txn.ProducerIdAnswer;
import io.barnabas.txn.ProducerIds;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import java.util.concurrent.CompletionStage;

/**
 * InitProducerId, v0-v5: an id for a producer, by which its repeated batches are recognised. v3 may name the id that
 * it had; without a transactional id it gets a new one all the same. A transactional id is refused in a way that ends
 * the client's attempts: transactions are not served.
 */
final class InitProducerIdHandler implements DeferredHandler<InitProducerIdRequest, InitProducerIdResponse> {
    private static final long NO_ID = -1;
    private static final short NO_EPOCH = -1;

    private final ProducerIds producerIds;
    private final Authorizer authorizer;
    private final Metrics metrics;

    InitProducerIdHandler(ProducerIds producerIds, Authorizer authorizer, Metrics metrics) {
        this.producerIds = producerIds;
        this.authorizer = authorizer;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<InitProducerIdResponse> handle(RequestContext context, InitProducerIdRequest request) {
        ErrorCode error = check(context, request);
        if (error != ErrorCode.NONE) {
            metrics.failed(context.apiKey(), error);
            throw new ApiException(error, error.defaultMessage());
        }
        return producerIds.next().thenApply(answer -> write(context, answer));
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
        if (halfAnId || "".equals(transactionalId)) {
            return ErrorCode.INVALID_REQUEST;
        }
        return transactionalId == null ? ErrorCode.NONE : ErrorCode.UNSUPPORTED_VERSION;
    }

    private InitProducerIdResponse write(RequestContext context, ProducerIdAnswer answer) {
        boolean given = answer.error() == ErrorCode.NONE;
        if (!given) {
            metrics.failed(context.apiKey(), answer.error());
        }
        return new InitProducerIdResponse()
                .errorCode(answer.error().code())
                .producerId(answer.producerId())
                .producerEpoch(given ? 0 : NO_EPOCH);
    }
}
