package io.barnabas.wiregenerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request and its response. */
record Api(Schema request, Schema response) {

    static List<Api> pair(List<Schema> schemas) {
        Map<Integer, Schema> requests = new TreeMap<>();
        Map<Integer, Schema> responses = new TreeMap<>();
        for (Schema schema : schemas) {
            if (schema.isApi()) {
                (schema.kind().equals("request") ? requests : responses).put(schema.apiKey(), schema);
            }
        }
        List<Api> apis = new ArrayList<>();
        requests.forEach((key, request) -> apis.add(new Api(request, responses.get(key)).checked(apis.size())));
        return apis;
    }

    private Api checked(int expectedKey) {
        if (request.apiKey() != expectedKey
                || !request.valid().equals(response.valid())
                || !request.flexible().equals(response.flexible())
                || !request.apiName().equals(response.apiName())) {
            throw new IllegalStateException(
                    "key " + expectedKey + ": " + request.name() + " and " + response.name() + " do not fit");
        }
        return this;
    }

    /** {@code LeaderAndIsr} becomes {@code LEADER_AND_ISR}. */
    String constantName() {
        return request.apiName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    }

    Versions stable() {
        return request.valid().minus(request.unstable());
    }
}
