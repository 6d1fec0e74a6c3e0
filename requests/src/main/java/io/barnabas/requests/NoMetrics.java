package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;

/** Forgets everything. */
final class NoMetrics implements Metrics {
    static final NoMetrics INSTANCE = new NoMetrics();

    private NoMetrics() {}

    @Override
    public void answered(RequestContext context, long durationNs, int requestBytes, long responseBytes) {}

    @Override
    public void failed(ApiKey api, ErrorCode error) {}

    @Override
    public void produced(String topic, int records, long bytes) {}

    @Override
    public void fetched(String topic, long bytes, boolean toReplica) {}

    @Override
    public void connectionOpened(String listenerName) {}

    @Override
    public void connectionClosed(String listenerName) {}

    @Override
    public void unsupportedRequest(ClientConnection connection, short apiKey, short apiVersion) {}
}
