package io.barnabas.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listener with its address. Immutable.
 *
 * @param listenerName upper case
 * @param host without brackets; empty for every interface
 * @param port 0 lets the operating system choose
 */
public record Endpoint(String listenerName, SecurityProtocol protocol, String host, int port) {

    /** NAME://host:port, taken apart; the name is upper case. */
    record Address(String listenerName, String host, int port) {
        private static final Pattern FORM = Pattern.compile("(.*)://\\[?([0-9a-zA-Z\\-%._:]*)\\]?:(-?[0-9]+)");
        private static final int MAX_PORT = 65_535;

        /** Null when the text is no such address. */
        static Address parse(String text) {
            Matcher parts = FORM.matcher(text.trim());
            if (!parts.matches() || parts.group(1).isEmpty()) return null;
            ParsedValue<Integer> port = ConfigType.INT.parse(parts.group(3));
            if (port.isRefused() || port.value() < 0 || port.value() > MAX_PORT) return null;
            return new Address(ListenerConfig.normalised(parts.group(1)), parts.group(2), port.value());
        }
    }

    /** Bound to all interfaces, so that the host says nothing a client could use. */
    public boolean isOnEveryInterface() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
    }

    public Endpoint withPort(int boundPort) {
        return new Endpoint(listenerName, protocol, host, boundPort);
    }

    public Endpoint withHost(String otherHost) {
        return new Endpoint(listenerName, protocol, otherHost, port);
    }

    /** As it stands in a file and in ZooKeeper. */
    @Override
    public String toString() {
        String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return listenerName + "://" + shownHost + ":" + port;
    }
}
