package io.barnabas.requests.txn;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;

/** Error codes on their way into an answer: such as the client's version knows, and counted. Any thread. */
final class TransactionErrors {
    private final Metrics metrics;

    TransactionErrors(Metrics metrics) {
        this.metrics = metrics;
    }

    /** The code for the answer. */
    short code(RequestContext context, ErrorCode error) {
        if (error != ErrorCode.NONE) {
            metrics.failed(context.apiKey(), error);
        }
        return error.code();
    }

    /** @param knowsFencedFrom the version from which a fenced producer is told apart from one that is too early */
    short code(RequestContext context, ErrorCode error, int knowsFencedFrom) {
        boolean tooOld = error == ErrorCode.PRODUCER_FENCED && context.apiVersion() < knowsFencedFrom;
        return code(context, tooOld ? ErrorCode.INVALID_PRODUCER_EPOCH : error);
    }

    /** Refuses the whole request. */
    ApiException refused(RequestContext context, ErrorCode error) {
        metrics.failed(context.apiKey(), error);
        return new ApiException(error, error.defaultMessage());
    }
}
