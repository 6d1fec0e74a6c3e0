package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the broker listens and what it advertises, the old host and port keys included. Immutable; anyone may read.
 *
 * @param listeners to bind, in the order of the file
 * @param advertised what the configuration wants advertised. A listener without an entry here is reachable at whatever address
 *     a client reached it by; an entry without a host means that address, but this port
 * @param interBrokerListenerName one of the listeners
 * @param controlPlaneListenerName one of the listeners, or null
 */
public record ListenerConfig(
        List<Endpoint> listeners,
        List<Endpoint> advertised,
        String interBrokerListenerName,
        String controlPlaneListenerName) {

    /** What came out of reading: a configuration, or everything that is wrong. */
    public record Reading(ListenerConfig config, List<ConfigProblem> problems) {}

    static String normalised(String listenerName) {
        return listenerName.trim().toUpperCase(Locale.ROOT);
    }

    public static Reading read(BrokerConfig config) {
        return new ListenerReader(config).read();
    }

    /** Of a configuration that was checked before. */
    public static ListenerConfig of(BrokerConfig config) {
        Reading reading = read(config);
        if (reading.config() == null)
            throw new IllegalArgumentException(reading.problems().get(0).text());
        return reading.config();
    }

    public Optional<Endpoint> listener(String name) {
        return named(listeners, name);
    }

    /** Empty: the address by which the client reached us. */
    public Optional<Endpoint> advertised(String listenerName) {
        return named(advertised, listenerName);
    }

    public Endpoint interBrokerListener() {
        return listener(interBrokerListenerName).orElseThrow();
    }

    private static Optional<Endpoint> named(List<Endpoint> endpoints, String name) {
        for (Endpoint endpoint : endpoints)
            if (endpoint.listenerName().equals(normalised(name))) return Optional.of(endpoint);
        return Optional.empty();
    }

    static List<String> namesOf(List<Endpoint> endpoints) {
        List<String> names = new ArrayList<>();
        for (Endpoint endpoint : endpoints) names.add(endpoint.listenerName());
        return names;
    }
}
