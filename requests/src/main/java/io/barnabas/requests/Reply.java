package io.barnabas.requests;

import io.barnabas.runtime.FaultHandler;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import java.util.concurrent.CompletionException;

/**
 * Turns what a handler came to (an answer, a refusal, a fault) into what the client gets. One for each request; any
 * thread may call.
 */
final class Reply {
    private final RequestContext context;
    private final ApiMessage request;
    private final Exchange exchange;
    private final FaultHandler faults;

    Reply(RequestContext context, ApiMessage request, Exchange exchange, FaultHandler faults) {
        this.context = context;
        this.request = request;
        this.exchange = exchange;
        this.faults = faults;
    }

    void bytesNotNeeded() {
        exchange.bytesNotNeeded();
    }

    void mayContinue() {
        exchange.mayContinue();
    }

    /** Exactly one argument is set; both null means that the client wants no answer. */
    void end(ApiMessage response, Throwable failure) {
        if (failure != null) {
            fail(failure);
        } else if (response == null) {
            exchange.endSilently();
        } else {
            exchange.answer(context, response);
        }
    }

    private void fail(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof CloseConnection closing) {
            exchange.close(closing.getMessage());
        } else if (cause instanceof ApiException refusal) {
            refuse(refusal.error(), refusal.getMessage());
        } else {
            faults.fault(context.toString(), cause);
            refuse(ErrorCode.UNKNOWN_SERVER_ERROR, ErrorCode.UNKNOWN_SERVER_ERROR.defaultMessage());
        }
    }

    private void refuse(ErrorCode error, String detail) {
        ApiMessage answer = Refusals.answer(request, context.apiVersion(), error, detail);
        if (answer == null) {
            exchange.close("no way to answer " + error + " to " + context);
        } else {
            exchange.answer(context, answer);
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
