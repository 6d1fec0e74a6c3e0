package io.barnabas.requests.data;

import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.RequestContext;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fetch, v0-v18: records from the given offsets on, at once or as soon as there are enough of them. v0 and v1 bring
 * messages of format 0, v2 and v3 of format 1, later ones what is stored; v3 limits the whole answer and brings at least
 * one batch, v4 adds the last stable offset, v5 the log start offset, v7 sessions, v9 the leader epoch, v11 the rack (no other replica is recommended), v12 the last fetched
 * epoch and the diverging one, v13 topic ids, v15 the follower's epoch, v16 endpoints of new leaders, v18 the high
 * watermark that a follower knows.
 */
public final class FetchHandler implements DeferredHandler<FetchRequest, FetchResponse> {
    private final FetchOpener opener;
    private final FetchTools tools;
    private final int brokerMaxBytes;
    private final Clock clock;

    FetchHandler(FetchOpener opener, FetchTools tools, int brokerMaxBytes, Clock clock) {
        this.opener = opener;
        this.tools = tools;
        this.brokerMaxBytes = brokerMaxBytes;
        this.clock = clock;
    }

    @Override
    public CompletionStage<FetchResponse> handle(RequestContext context, FetchRequest request) {
        FetchLimits limits = FetchLimits.of(request, context.apiVersion(), brokerMaxBytes);
        return opener.open(request, context.apiVersion(), limits.fromFollower(), clock.nowMs())
                .fold(
                        (interest, session) ->
                                new FetchRun(context, limits, interest, session, tools, context.eventLoop()).start(),
                        error -> CompletableFuture.completedFuture(
                                tools.answers().refused(error)));
    }
}
