package io.barnabas.requests.group;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ErrorCode;

/** Error codes on their way into an answer: counted. Any thread. */
final class GroupErrors {
    private final Metrics metrics;

    GroupErrors(Metrics metrics) {
        this.metrics = metrics;
    }

    /** The code for the answer. */
    short code(RequestContext context, ErrorCode error) {
        if (error != ErrorCode.NONE) {
            metrics.failed(context.apiKey(), error);
        }
        return error.code();
    }

    /** Refuses the whole request. */
    ApiException refused(RequestContext context, ErrorCode error) {
        metrics.failed(context.apiKey(), error);
        return new ApiException(error, error.defaultMessage());
    }

    /** Refuses the whole request because of who asks. */
    ApiException notAuthorized(RequestContext context) {
        return refused(context, ErrorCode.GROUP_AUTHORIZATION_FAILED);
    }
}
