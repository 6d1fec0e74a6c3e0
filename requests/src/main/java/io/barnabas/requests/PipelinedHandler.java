package io.barnabas.requests;

import io.barnabas.wire.ApiMessage;
import java.util.concurrent.CompletionStage;

/**
 * Is called on the connection's event loop, must not block there, and lets the connection's next request start before
 * its own answer is known: Produce. The network buffer that the request's records point into stays valid until
 * {@link Outcome#mayContinue} completes. A handler may begin a {@link Gathering} where the connection
 * {@link ClientConnection#isFollowed is followed}; then requests of its kind start before that.
 */
@FunctionalInterface
public interface PipelinedHandler<Q extends ApiMessage, R extends ApiMessage> {

    Outcome<R> handle(RequestContext context, Q request);

    /**
     * The two moments of such a request. Both stages may complete on any thread and in any order; an answer that comes
     * first counts for both.
     *
     * @param mayContinue the network buffer is no longer needed and the next request may start
     * @param response the answer; null for none, as the client asked ({@code acks=0}); failed with
     *     {@link CloseConnection} where the protocol has no other way to tell
     */
    record Outcome<R>(CompletionStage<?> mayContinue, CompletionStage<R> response) {

        /** Nothing to wait for but the answer. */
        public static <R> Outcome<R> of(CompletionStage<R> response) {
            return new Outcome<>(response, response);
        }
    }
}
