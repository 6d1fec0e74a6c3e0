package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens since the start; whoever shows figures asks here. Any thread may call. */
public final class CountingMetrics implements Metrics {
    private final Map<ApiKey, ApiCounts> byApi = new EnumMap<>(ApiKey.class);
    private final Map<String, TopicCounts> byTopic = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> openConnections = new ConcurrentHashMap<>();
    private final LongAdder unsupported = new LongAdder();

    /** Of one API; errors by code. */
    private static final class ApiCounts {
        private final LongAdder requests = new LongAdder();
        private final LongAdder nanoseconds = new LongAdder();
        private final LongAdder bytesIn = new LongAdder();
        private final LongAdder bytesOut = new LongAdder();
        private final Map<ErrorCode, LongAdder> errors = new ConcurrentHashMap<>();
    }

    private static final class TopicCounts {
        private final LongAdder records = new LongAdder();
        private final LongAdder bytesIn = new LongAdder();
        private final LongAdder bytesOut = new LongAdder();
        private final LongAdder bytesToReplicas = new LongAdder();
    }

    /** What was counted of one API. */
    public record ApiFigures(long requests, long nanoseconds, long bytesIn, long bytesOut) {}

    /** What was counted of one topic. */
    public record TopicFigures(long records, long bytesIn, long bytesOut, long bytesToReplicas) {}

    public CountingMetrics() {
        for (ApiKey key : ApiKey.values()) {
            byApi.put(key, new ApiCounts());
        }
    }

    @Override
    public void answered(RequestContext context, long durationNs, int requestBytes, long responseBytes) {
        ApiCounts counts = byApi.get(context.apiKey());
        counts.requests.increment();
        counts.nanoseconds.add(durationNs);
        counts.bytesIn.add(requestBytes);
        counts.bytesOut.add(responseBytes);
    }

    @Override
    public void failed(ApiKey api, ErrorCode error) {
        adder(byApi.get(api).errors, error).increment();
    }

    @Override
    public void produced(String topic, int records, long bytes) {
        TopicCounts counts = topic(topic);
        counts.records.add(records);
        counts.bytesIn.add(bytes);
    }

    @Override
    public void fetched(String topic, long bytes, boolean toReplica) {
        TopicCounts counts = topic(topic);
        (toReplica ? counts.bytesToReplicas : counts.bytesOut).add(bytes);
    }

    @Override
    public void connectionOpened(String listenerName) {
        adder(openConnections, listenerName).increment();
    }

    @Override
    public void connectionClosed(String listenerName) {
        adder(openConnections, listenerName).decrement();
    }

    @Override
    public void unsupportedRequest(ClientConnection connection, short apiKey, short apiVersion) {
        unsupported.increment();
    }

    public ApiFigures of(ApiKey api) {
        ApiCounts counts = byApi.get(api);
        return new ApiFigures(
                counts.requests.sum(), counts.nanoseconds.sum(), counts.bytesIn.sum(), counts.bytesOut.sum());
    }

    public long errors(ApiKey api, ErrorCode error) {
        LongAdder count = byApi.get(api).errors.get(error);
        return count == null ? 0 : count.sum();
    }

    public TopicFigures of(String topic) {
        TopicCounts counts = byTopic.getOrDefault(topic, new TopicCounts());
        return new TopicFigures(
                counts.records.sum(), counts.bytesIn.sum(), counts.bytesOut.sum(), counts.bytesToReplicas.sum());
    }

    public long openConnections(String listenerName) {
        LongAdder count = openConnections.get(listenerName);
        return count == null ? 0 : count.sum();
    }

    public long unsupportedRequests() {
        return unsupported.sum();
    }

    /** The topic is not here any more, and neither are its figures. */
    public void forget(String topic) {
        byTopic.remove(topic);
    }

    private TopicCounts topic(String name) {
        TopicCounts known = byTopic.get(name);
        return known != null ? known : byTopic.computeIfAbsent(name, added -> new TopicCounts());
    }

    private static <K> LongAdder adder(Map<K, LongAdder> counts, K key) {
        LongAdder known = counts.get(key);
        return known != null ? known : counts.computeIfAbsent(key, added -> new LongAdder());
    }
}
