package io.barnabas.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the listener keys together, since each means something only beside the others. Used once, by one thread. */
final class ListenerReader {

    private final BrokerConfig config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ListenerReader(BrokerConfig config) {
        this.config = config;
    }

    ListenerConfig.Reading read() {
        Map<String, SecurityProtocol> protocols = protocolMap();
        List<Endpoint> listeners = endpoints(BrokerKeys.LISTENERS, listenersText(), protocols);
        checkPortsDiffer(listeners);
        String advertisedText = advertisedText();
        List<Endpoint> written = advertisedText == null
                ? List.of()
                : endpoints(BrokerKeys.ADVERTISED_LISTENERS, advertisedText, protocols);
        List<Endpoint> reachable = advertisedText == null ? listeners : written;
        if (problems.isEmpty()) checkAdvertised(listeners, reachable, advertisedText != null);
        String interBroker = problems.isEmpty() ? interBrokerName(protocols, reachable) : null;
        String controlPlane = problems.isEmpty() ? controlPlaneName(protocols, reachable, interBroker) : null;
        if (!problems.isEmpty()) return new ListenerConfig.Reading(null, List.copyOf(problems));
        return new ListenerConfig.Reading(
                new ListenerConfig(List.copyOf(listeners), advertisedOf(listeners, written), interBroker, controlPlane),
                List.of());
    }

    /** {@code host.name} and {@code port} count where {@code listeners} is unset, as they did before 3.0. */
    private String listenersText() {
        boolean old = config.isSet(BrokerKeys.HOST_NAME) || config.isSet(BrokerKeys.PORT);
        if (config.isSet(BrokerKeys.LISTENERS) || !old) return config.get(BrokerKeys.LISTENERS);
        return "PLAINTEXT://" + orEmpty(config.get(BrokerKeys.HOST_NAME)) + ":" + oldPort();
    }

    private String advertisedText() {
        if (config.get(BrokerKeys.ADVERTISED_LISTENERS) != null) return config.get(BrokerKeys.ADVERTISED_LISTENERS);
        String host = config.get(BrokerKeys.ADVERTISED_HOST_NAME);
        Integer port = config.get(BrokerKeys.ADVERTISED_PORT);
        if (host == null && port == null) return null;
        String shownHost = host == null ? orEmpty(config.get(BrokerKeys.HOST_NAME)) : host;
        return "PLAINTEXT://" + shownHost + ":" + (port == null ? oldPort() : port);
    }

    private int oldPort() {
        Integer port = config.get(BrokerKeys.PORT);
        return port == null ? 9092 : port;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private Map<String, SecurityProtocol> protocolMap() {
        Map<String, SecurityProtocol> protocols = new HashMap<>();
        String text = config.get(BrokerKeys.LISTENER_SECURITY_PROTOCOL_MAP);
        for (String item : ConfigType.LIST.read(text.trim())) {
            int colon = item.lastIndexOf(':');
            var protocol = SecurityProtocol.named(item.substring(colon + 1).trim());
            if (colon <= 0 || protocol.isEmpty()) {
                refuse(
                        BrokerKeys.LISTENER_SECURITY_PROTOCOL_MAP,
                        text,
                        colon <= 0
                                ? "'" + item + "' is no pair of a listener's name and a protocol"
                                : "Invalid security protocol `" + item.substring(colon + 1) + "`",
                        "a list such as INSIDE:PLAINTEXT,OUTSIDE:SSL; the protocols are PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL");
                return Map.of();
            }
            protocols.put(ListenerConfig.normalised(item.substring(0, colon)), protocol.get());
        }
        return protocols;
    }

    private List<Endpoint> endpoints(ConfigKey<?> key, String text, Map<String, SecurityProtocol> protocols) {
        Map<String, Endpoint> byName = new LinkedHashMap<>();
        for (String item : ConfigType.LIST.read(text.trim())) {
            Endpoint.Address address = Endpoint.Address.parse(item);
            if (address == null) {
                refuse(
                        key,
                        text,
                        "Unable to parse " + item + " to a broker endpoint",
                        "NAME://host:port, with a port from 0 to 65535");
                return List.of();
            }
            String name = address.listenerName();
            if (!protocols.containsKey(name)) {
                refuse(
                        key,
                        text,
                        "No security protocol defined for listener " + name,
                        "a name that stands in listener.security.protocol.map");
                return List.of();
            }
            Endpoint endpoint = new Endpoint(name, protocols.get(name), address.host(), address.port());
            if (byName.put(name, endpoint) != null) {
                refuse(key, text, "Each listener must have a different name", "every name once");
                return List.of();
            }
        }
        if (byName.isEmpty()) refuse(key, text, "There must be at least one listener", "NAME://host:port");
        return new ArrayList<>(byName.values());
    }

    private void checkPortsDiffer(List<Endpoint> listeners) {
        Set<String> taken = new HashSet<>();
        for (Endpoint endpoint : listeners) {
            String family = endpoint.host().indexOf(':') >= 0 ? "6:" : "4:";
            if (endpoint.port() != 0 && !taken.add(family + endpoint.port()))
                refuse(
                        BrokerKeys.LISTENERS,
                        listenersText(),
                        "Each listener must have a different port",
                        "every port once");
        }
    }

    private void checkAdvertised(List<Endpoint> listeners, List<Endpoint> reachable, boolean written) {
        List<String> bound = ListenerConfig.namesOf(listeners);
        List<String> names = ListenerConfig.namesOf(reachable);
        if (!bound.containsAll(names))
            add(
                    "advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. Found "
                            + String.join(",", names) + ". The valid options based on the current configuration are "
                            + String.join(",", bound));
        for (Endpoint endpoint : reachable) {
            if (written && endpoint.host().equals("0.0.0.0"))
                add("advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.");
        }
    }

    private String interBrokerName(Map<String, SecurityProtocol> protocols, List<Endpoint> reachable) {
        String name = config.get(BrokerKeys.INTER_BROKER_LISTENER_NAME);
        if (name != null && config.isSet(BrokerKeys.SECURITY_INTER_BROKER_PROTOCOL)) {
            add("Only one of inter.broker.listener.name and security.inter.broker.protocol should be set.");
            return null;
        }
        String chosen =
                ListenerConfig.normalised(name == null ? config.get(BrokerKeys.SECURITY_INTER_BROKER_PROTOCOL) : name);
        List<String> names = ListenerConfig.namesOf(reachable);
        if (!protocols.containsKey(chosen))
            add("Listener with name " + chosen
                    + " defined in inter.broker.listener.name not found in listener.security.protocol.map.");
        else if (!names.contains(chosen))
            add("inter.broker.listener.name must be a listener name defined in advertised.listeners."
                    + " The valid options based on currently configured listeners are " + String.join(",", names));
        return chosen;
    }

    private String controlPlaneName(
            Map<String, SecurityProtocol> protocols, List<Endpoint> reachable, String interBroker) {
        String name = config.get(BrokerKeys.CONTROL_PLANE_LISTENER_NAME);
        if (name == null) return null;
        String chosen = ListenerConfig.normalised(name);
        List<String> names = ListenerConfig.namesOf(reachable);
        if (!protocols.containsKey(chosen))
            add("Listener with " + chosen
                    + " defined in control.plane.listener.name not found in listener.security.protocol.map.");
        else if (!names.contains(chosen))
            add("control.plane.listener.name must be a listener name defined in advertised.listeners."
                    + " The valid options based on currently configured listeners are " + String.join(",", names));
        else if (chosen.equals(interBroker))
            add("control.plane.listener.name, when defined, should have a different value from the inter broker"
                    + " listener name. Currently they both have the value " + chosen);
        return chosen;
    }

    /** What was written counts as it is; else a listener's own host is advertised when it names one. */
    private static List<Endpoint> advertisedOf(List<Endpoint> listeners, List<Endpoint> written) {
        if (!written.isEmpty()) return List.copyOf(written);
        List<Endpoint> advertised = new ArrayList<>();
        for (Endpoint endpoint : listeners) if (!endpoint.isOnEveryInterface()) advertised.add(endpoint);
        return List.copyOf(advertised);
    }

    private void refuse(ConfigKey<?> key, String value, String reason, String expected) {
        problems.add(new ConfigProblem(key.name(), value, reason, expected));
    }

    private void add(String reason) {
        problems.add(ConfigProblem.of(reason));
    }
}
