package io.barnabas.broker;

import io.barnabas.broker.net.ListenerSpec;
import io.barnabas.broker.net.NetworkServer;
import io.barnabas.config.Endpoint;
import io.barnabas.config.ListenerConfig;
import io.barnabas.config.SecurityProtocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured listeners on their ports. Used by the starting thread. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger("kafka.network.DataPlaneAcceptor");

    private final ListenerConfig config;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    Listeners(ListenerConfig config) {
        this.config = config;
    }

    /** Takes the ports, so that one that is taken already ends the start before anything else has happened. */
    void bind(NetworkServer network) throws StartFailure {
        for (Endpoint listener : config.listeners()) {
            if (listener.protocol() != SecurityProtocol.PLAINTEXT) {
                throw new StartFailure("Listener " + listener + " wants " + listener.protocol()
                        + ", which this version does not speak yet; use PLAINTEXT");
            }
            try {
                int port = network.bind(new ListenerSpec(listener.listenerName(), host(listener), listener.port()));
                ports.put(listener.listenerName(), port);
            } catch (IOException taken) {
                throw new StartFailure("Cannot listen on " + listener + ": " + taken.getMessage()
                        + "; stop who listens there, or name another address in listeners");
            }
        }
    }

    void announce() {
        bound().forEach(listener -> LOG.info("Awaiting socket connections on {}.", listener));
    }

    ListenerConfig config() {
        return config;
    }

    Map<String, Integer> ports() {
        return ports;
    }

    /** As configured, with the ports they really have. */
    List<Endpoint> bound() {
        List<Endpoint> bound = new ArrayList<>();
        for (Endpoint listener : config.listeners()) {
            bound.add(listener.withPort(ports.get(listener.listenerName())));
        }
        return bound;
    }

    private static String host(Endpoint listener) {
        return listener.isOnEveryInterface() ? "" : listener.host();
    }
}
