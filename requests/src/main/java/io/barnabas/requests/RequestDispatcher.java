package io.barnabas.requests;

import io.barnabas.runtime.FaultHandler;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.MalformedMessageException;
import io.barnabas.wire.RequestHead;
import io.netty.buffer.ByteBuf;

/**
 * Reads a frame and hands the request to its handler. Called on the connection's event loop; keeps nothing of the
 * frame itself, whose bytes stay valid until the exchange says that they are not needed.
 */
public final class RequestDispatcher {
    private final ApiRegistry registry;
    private final Metrics metrics;
    private final FaultHandler faults;

    public RequestDispatcher(ApiRegistry registry, Metrics metrics, FaultHandler faults) {
        this.registry = registry;
        this.metrics = metrics;
        this.faults = faults;
    }

    /** @param frame a request without its length field */
    public void dispatch(ClientConnection connection, ByteBuf frame, Exchange exchange) {
        try {
            ByteReader reader = new ByteReader(frame);
            RequestHead head = RequestHead.read(reader);
            Api api = registry.find(head.apiKeyId());
            if (api != null && api.versions().contain(head.version())) {
                run(api, context(connection, head), api.key().readRequest(reader, head.version()), exchange);
            } else if (api != null && isTooNewForApiVersions(api, head)) {
                exchange.answer(
                        context(connection, head).answeredAs((short) 0), ApiVersionsFallback.answer(api.versions()));
            } else {
                refuse(connection, head, exchange);
            }
        } catch (MalformedMessageException malformed) {
            exchange.close(malformed.getMessage());
        }
    }

    private void run(Api api, RequestContext context, ApiMessage request, Exchange exchange) {
        Reply reply = new Reply(context, request, exchange, faults);
        try {
            api.call().run(context, request, reply);
        } catch (Throwable failure) {
            reply.end(null, failure);
        }
    }

    private void refuse(ClientConnection connection, RequestHead head, Exchange exchange) {
        metrics.unsupportedRequest(connection, head.apiKeyId(), head.version());
        exchange.close("client '" + printable(head.clientId()) + "' (" + connection.software() + ") asked for "
                + (head.apiKey() == null
                        ? "API key " + head.apiKeyId()
                        : head.apiKey().apiName()) + " version "
                + head.version() + ", which this broker does not serve");
    }

    private static RequestContext context(ClientConnection connection, RequestHead head) {
        return new RequestContext(connection, head.apiKey(), head.version(), head.correlationId(), head.clientId());
    }

    /** Its client cannot know our versions yet; it gets the oldest form of answer instead of a closed connection. */
    private static boolean isTooNewForApiVersions(Api api, RequestHead head) {
        return api.key() == ApiKey.API_VERSIONS
                && head.version() > api.versions().highest();
    }

    private static String printable(String clientId) {
        return clientId == null ? "" : clientId.replaceAll("\\p{Cntrl}", "?");
    }
}
