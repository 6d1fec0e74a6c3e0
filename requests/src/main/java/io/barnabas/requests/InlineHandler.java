package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;

/**
 * Answers at once, on the connection's event loop: must not block. May refuse the whole request with an
 * {@link ApiException}.
 */
@FunctionalInterface
public interface InlineHandler<Q extends ApiMessage, R extends ApiMessage> {

    R handle(RequestContext context, Q request);
}
