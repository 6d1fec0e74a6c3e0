package io.barnabas.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The keys that change what the broker does. The others are known, checked and described, but nothing reads them; a start says so
 * for those that are set. The list is the resource {@code acted-on}, which a test compares with the code that reads keys.
 * A key counts too when one of the list falls back to it. Immutable.
 */
public final class ActedOn {

    private static final Set<ConfigKey<?>> KEYS = new HashSet<>();

    static {
        var stream = Objects.requireNonNull(ActedOn.class.getResourceAsStream("acted-on"), "acted-on");
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(ActedOn::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private ActedOn() {}

    private static void add(String line) {
        String name = line.substring(line.indexOf(' ') + 1);
        add(line.startsWith("topic ") ? TopicKeys.named(name) : BrokerKeys.named(name));
    }

    private static void add(ConfigKey<?> key) {
        if (!KEYS.add(Objects.requireNonNull(key))) return;
        for (ConfigKey.Fallback fallback : key.fallbacks()) add(fallback.key());
        if (key.brokerKey() != null) add(key.brokerKey());
    }

    public static boolean contains(ConfigKey<?> key) {
        return KEYS.contains(key);
    }
}
