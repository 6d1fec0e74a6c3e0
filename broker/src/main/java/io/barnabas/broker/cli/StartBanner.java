package io.barnabas.broker.cli;

import io.barnabas.config.Endpoint;
import java.util.List;
import java.util.Locale;

/**
 * What a person wants to know once the broker is up. Pure.
 *
 * @param tookMs from the start of the process
 * @param bound the listeners with the ports they really have
 * @param zooKeeper where it answers
 * @param isZooKeeperInside whether it runs in this process
 * @param logDirs where the data lies
 */
public record StartBanner(
        String version,
        long tookMs,
        List<Endpoint> bound,
        String zooKeeper,
        boolean isZooKeeperInside,
        List<String> logDirs) {

    public String text() {
        String address = addressOf(bound.get(0));
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "Barnabas %s  ready in %.1f s%n", version, tookMs / 1000.0));
        for (Endpoint endpoint : bound) line(text, "kafka", addressOf(endpoint) + noteOn(endpoint));
        line(text, "zookeeper", zooKeeper + (isZooKeeperInside ? "  (inside this process)" : ""));
        for (String directory : logDirs) line(text, "data", directory);
        String server = " --bootstrap-server " + address + " --topic greetings";
        text.append(String.format("try:  kafka-console-producer.sh%s%n", server));
        text.append(String.format("      kafka-console-consumer.sh%s --from-beginning%n", server));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String what) {
        text.append(String.format("  %-10s %s%n", name, what));
    }

    private static String noteOn(Endpoint endpoint) {
        String protocol = endpoint.protocol().name();
        boolean plain = protocol.equals("PLAINTEXT") && endpoint.listenerName().equals("PLAINTEXT");
        return plain ? "" : "  (" + endpoint.listenerName() + ", " + protocol + ")";
    }

    private static String addressOf(Endpoint endpoint) {
        if (endpoint.isOnEveryInterface()) return "localhost:" + endpoint.port();
        String host = endpoint.host().indexOf(':') >= 0 ? "[" + endpoint.host() + "]" : endpoint.host();
        return host + ":" + endpoint.port();
    }
}
