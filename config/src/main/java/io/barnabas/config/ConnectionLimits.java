package io.barnabas.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many connections one client address may hold. Immutable. */
public record ConnectionLimits(int perAddress, Map<String, Integer> overrides) {

    private static final Pattern HOST = Pattern.compile("\\[?([0-9a-zA-Z\\-%._:]+)\\]?");

    record Reading(Map<String, Integer> limits, ConfigProblem problem) {}

    public static ConnectionLimits of(BrokerConfig config) {
        Reading read = readOverrides(config.get(BrokerKeys.MAX_CONNECTIONS_PER_IP_OVERRIDES));
        return new ConnectionLimits(config.get(BrokerKeys.MAX_CONNECTIONS_PER_IP), read.limits());
    }

    /** {@code host:limit,host:limit}; the limit stands behind the last colon, since IPv6 addresses have many. */
    static Reading readOverrides(String text) {
        Map<String, Integer> limits = new TreeMap<>();
        for (String item : ConfigType.LIST.read(text.trim())) {
            int colon = item.lastIndexOf(':');
            Matcher host =
                    HOST.matcher(colon < 0 ? "" : item.substring(0, colon).trim());
            ParsedValue<Integer> limit = ConfigType.INT.parse(item.substring(colon + 1));
            if (!host.matches() || limit.isRefused()) return new Reading(Map.of(), refusal(text));
            limits.put(host.group(1), limit.value());
        }
        return new Reading(limits, null);
    }

    private static ConfigProblem refusal(String text) {
        return new ConfigProblem(
                BrokerKeys.MAX_CONNECTIONS_PER_IP_OVERRIDES.name(),
                text,
                "Not a list of host and limit",
                "a list such as 10.0.0.7:100,build.example.org:20");
    }
}
