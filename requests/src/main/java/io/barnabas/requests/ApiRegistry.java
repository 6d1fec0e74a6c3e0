package io.barnabas.requests;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every API that is served, each with its versions and its handler: table of contents, dispatcher and ApiVersions
 * answer at once. Filled by one thread before the first request comes, then only read.
 */
public final class ApiRegistry {
    private final Map<Short, Api> apis = new TreeMap<>();
    private Api[] byKey = new Api[0];

    public <Q extends ApiMessage, R extends ApiMessage> ApiRegistry inline(
            ApiKey key, Versions versions, InlineHandler<Q, R> handler) {
        return add(Api.inline(key, versions, handler));
    }

    public <Q extends ApiMessage, R extends ApiMessage> ApiRegistry deferred(
            ApiKey key, Versions versions, DeferredHandler<Q, R> handler) {
        return add(Api.deferred(key, versions, handler));
    }

    public <Q extends ApiMessage, R extends ApiMessage> ApiRegistry pipelined(
            ApiKey key, Versions versions, PipelinedHandler<Q, R> handler) {
        return add(Api.pipelined(key, versions, handler));
    }

    /** The versions served, by API in the order of their keys. */
    public Collection<Listing> listing() {
        return apis.values().stream()
                .map(api -> new Listing(api.key(), api.versions()))
                .toList();
    }

    /** One line of the table of contents. */
    public record Listing(ApiKey key, Versions versions) {}

    /** Null when no version of it is served. */
    Api find(short key) {
        return key >= 0 && key < byKey.length ? byKey[key] : null;
    }

    private ApiRegistry add(Api api) {
        checkGenerated(api.key(), api.versions());
        if (apis.putIfAbsent(api.key().id(), api) != null) {
            throw new IllegalStateException(api.key() + " is registered twice");
        }
        byKey = new Api[Collections.max(apis.keySet()) + 1];
        apis.forEach((key, registered) -> byKey[key] = registered);
        return this;
    }

    private static void checkGenerated(ApiKey key, Versions versions) {
        if (versions.lowest() < key.lowestVersion() || versions.highest() > key.highestVersion()) {
            throw new IllegalArgumentException("no message describes all of " + key + " " + versions);
        }
    }
}
