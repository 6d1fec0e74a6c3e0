package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;

/** An API as it is served: which versions, and by whom. Immutable. */
record Api(ApiKey key, Versions versions, Call call) {

    /** Hands a request to its handler and reports to the exchange, as often as the kind of handler asks for. */
    @FunctionalInterface
    interface Call {
        void run(RequestContext context, ApiMessage request, Reply reply);
    }

    /** The casts hold: {@link ApiKey#readRequest} makes the class that the handler was registered for. */
    @SuppressWarnings("unchecked")
    static <Q extends ApiMessage, R extends ApiMessage> Api inline(
            ApiKey key, Versions versions, InlineHandler<Q, R> handler) {
        return new Api(
                key, versions, (context, request, reply) -> reply.end(handler.handle(context, (Q) request), null));
    }

    @SuppressWarnings("unchecked")
    static <Q extends ApiMessage, R extends ApiMessage> Api deferred(
            ApiKey key, Versions versions, DeferredHandler<Q, R> handler) {
        return new Api(key, versions, (context, request, reply) -> {
            var answer = handler.handle(context, (Q) request);
            reply.bytesNotNeeded();
            answer.whenComplete(reply::end);
        });
    }

    @SuppressWarnings("unchecked")
    static <Q extends ApiMessage, R extends ApiMessage> Api pipelined(
            ApiKey key, Versions versions, PipelinedHandler<Q, R> handler) {
        return new Api(key, versions, (context, request, reply) -> {
            var outcome = handler.handle(context, (Q) request);
            outcome.mayContinue().whenComplete((done, fault) -> reply.mayContinue());
            outcome.response().whenComplete(reply::end);
        });
    }
}
