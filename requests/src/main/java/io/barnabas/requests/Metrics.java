package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;

/** Hears what happened, to count it. Any thread calls, on hot paths: must return at once and never throw. */
public interface Metrics {

    /** A request has been answered, from its arrival to the moment its answer went to the socket. */
    void answered(RequestContext context, long durationNs, int requestBytes, long responseBytes);

    /** An item or a whole request ended in an error code. */
    void failed(ApiKey api, ErrorCode error);

    /** Records came in. */
    void produced(String topic, int records, long bytes);

    /** Record bytes went out, to a consumer or to another replica. */
    void fetched(String topic, long bytes, boolean toReplica);

    void connectionOpened(String listenerName);

    void connectionClosed(String listenerName);

    /** A client asked for something that no broker of ours serves, and was cut off. */
    void unsupportedRequest(ClientConnection connection, short apiKey, short apiVersion);

    static Metrics none() {
        return NoMetrics.INSTANCE;
    }
}
