package io.barnabas.requests.txn;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.txn.EndRequest;
import io.barnabas.txn.ProducerAnswer;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.EndTxnRequest;
import io.barnabas.wire.message.EndTxnResponse;
import java.util.concurrent.CompletionStage;

/**
 * EndTxn, v0-v5: commits or aborts. v2 knows fenced producers; v5 is the second protocol: the answer says in which epoch
 * the producer goes on.
 */
final class EndTxnHandler implements DeferredHandler<EndTxnRequest, EndTxnResponse> {
    private static final int KNOWS_FENCED_FROM = 2;
    private static final int SECOND_PROTOCOL_FROM = 5;

    private final TransactionCoordinator transactions;
    private final Authorizer authorizer;
    private final TransactionErrors errors;

    EndTxnHandler(TransactionCoordinator transactions, Authorizer authorizer, TransactionErrors errors) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.errors = errors;
    }

    @Override
    public CompletionStage<EndTxnResponse> handle(RequestContext context, EndTxnRequest request) {
        String id = request.transactionalId();
        if (!authorizer.allows(context, Operation.WRITE, ResourceType.TRANSACTIONAL_ID, id)) {
            throw errors.refused(context, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
        }
        short clientVersion = (short) (context.apiVersion() >= SECOND_PROTOCOL_FROM ? 2 : 0);
        return transactions
                .end(new EndRequest(
                        id, request.producerId(), request.producerEpoch(), request.committed(), clientVersion))
                .thenApply(answer -> write(context, answer));
    }

    private EndTxnResponse write(RequestContext context, ProducerAnswer answer) {
        return new EndTxnResponse()
                .errorCode(errors.code(context, answer.error(), KNOWS_FENCED_FROM))
                .producerId(answer.producerId())
                .producerEpoch(answer.epoch());
    }
}
