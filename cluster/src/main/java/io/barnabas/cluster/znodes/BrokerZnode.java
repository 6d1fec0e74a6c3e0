package io.barnabas.cluster.znodes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broker's registration, /brokers/ids/N. Written in version 5; versions 1 to 5 are read.
 *
 * @param rack null for none
 */
public record BrokerZnode(List<BrokerEndpoint> endpoints, String rack, int jmxPort, long timestampMs) {

    public byte[] bytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, String> protocols = new LinkedHashMap<>();
        List<String> urls = new ArrayList<>();
        for (BrokerEndpoint endpoint : endpoints) {
            protocols.put(endpoint.listener(), endpoint.securityProtocol());
            urls.add(endpoint.listener() + "://" + bracketed(endpoint.host()) + ":" + endpoint.port());
        }
        Optional<BrokerEndpoint> plain = endpoints.stream()
                .filter(endpoint -> endpoint.securityProtocol().equals("PLAINTEXT"))
                .findFirst();
        json.put("features", Map.of());
        json.put("listener_security_protocol_map", protocols);
        json.put("endpoints", urls);
        json.put("jmx_port", jmxPort);
        json.put("port", plain.map(BrokerEndpoint::port).orElse(-1));
        json.put("host", plain.map(BrokerEndpoint::host).orElse(null));
        json.put("version", 5);
        json.put("timestamp", Long.toString(timestampMs));
        if (rack != null) {
            json.put("rack", rack);
        }
        return Json.bytes(json);
    }

    /** Empty where the bytes are no registration. */
    public static Optional<BrokerZnode> parse(byte[] bytes) {
        return Json.object(bytes)
                .map(json -> new BrokerZnode(
                        endpoints(json),
                        Json.textAt(json, "rack"),
                        Json.intAt(json, "jmx_port", -1),
                        timestamp(json.get("timestamp"))));
    }

    private static List<BrokerEndpoint> endpoints(Map<String, Object> json) {
        if (!(json.get("endpoints") instanceof List<?> urls)) {
            return List.of(new BrokerEndpoint(
                    "PLAINTEXT", Json.textAt(json, "host"), Json.intAt(json, "port", -1), "PLAINTEXT"));
        }
        Map<String, Object> protocols = Json.objectAt(json, "listener_security_protocol_map");
        List<BrokerEndpoint> endpoints = new ArrayList<>();
        for (Object url : urls) {
            endpoint(url.toString(), protocols).ifPresent(endpoints::add);
        }
        return List.copyOf(endpoints);
    }

    private static Optional<BrokerEndpoint> endpoint(String url, Map<String, Object> protocols) {
        int scheme = url.indexOf("://");
        int colon = url.lastIndexOf(':');
        if (scheme < 0 || colon <= scheme) {
            return Optional.empty();
        }
        String listener = url.substring(0, scheme);
        String host = url.substring(scheme + 3, colon).replace("[", "").replace("]", "");
        String protocol = protocols.getOrDefault(listener, listener).toString();
        return Optional.of(new BrokerEndpoint(listener, host, Integer.parseInt(url.substring(colon + 1)), protocol));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static long timestamp(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof String text && text.matches("\\d+") ? Long.parseLong(text) : -1;
    }
}
