package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;
import java.util.concurrent.CompletionStage;

/**
 * Is called on the connection's event loop, must not block there, and answers when it can, from any thread. The next
 * request of the connection waits for the answer. Refuses the whole request by throwing or failing the stage with an
 * {@link ApiException}. The request's byte arrays and strings may be kept; it holds no slice of the network buffer.
 */
@FunctionalInterface
public interface DeferredHandler<Q extends ApiMessage, R extends ApiMessage> {

    CompletionStage<R> handle(RequestContext context, Q request);
}
