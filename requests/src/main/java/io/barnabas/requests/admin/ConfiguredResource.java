package io.barnabas.requests.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that has settings, as requests name it. The text is the one that tools print.
 *
 * @param name empty for the defaults of all brokers
 */
record ConfiguredResource(byte type, String name) {
    static final byte TOPIC = 2;
    static final byte BROKER = 4;
    static final byte BROKER_LOGGER = 8;
    static final byte CLIENT_METRICS = 16;
    static final byte GROUP = 32;

    private static final Map<Byte, String> NAMES = Map.of(
            TOPIC,
            "TOPIC",
            BROKER,
            "BROKER",
            BROKER_LOGGER,
            "BROKER_LOGGER",
            CLIENT_METRICS,
            "CLIENT_METRICS",
            GROUP,
            "GROUP");

    String typeName() {
        return NAMES.getOrDefault(type, "UNKNOWN");
    }

    /** How often each is named. */
    static Map<ConfiguredResource, Integer> counted(List<ConfiguredResource> resources) {
        Map<ConfiguredResource, Integer> counts = new HashMap<>();
        resources.forEach(resource -> counts.merge(resource, 1, Integer::sum));
        return counts;
    }

    @Override
    public String toString() {
        return "ConfigResource(type=" + typeName() + ", name='" + name + "')";
    }
}
