package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is odd about a configuration without keeping anybody from using it. Pure. */
final class ConfigWarnings {

    private final BrokerConfig config;

    ConfigWarnings(BrokerConfig config) {
        this.config = config;
    }

    List<String> all() {
        List<String> warnings = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>();
        TreeSet<String> idle = new TreeSet<>();
        for (String name : config.fileValues().keySet()) {
            ConfigKey<?> key = ListenerPrefix.keyOf(name);
            if (key == null) unknown.add(name);
            else if (!ActedOn.contains(key) && !saysTheDefault(key, name)) idle.add(name);
        }
        if (!unknown.isEmpty()) warnings.add("Unknown keys, ignored: " + String.join(", ", unknown));
        if (!idle.isEmpty()) warnings.add("Known keys that have no effect yet: " + String.join(", ", idle));
        return List.copyOf(warnings);
    }

    private <T> boolean saysTheDefault(ConfigKey<T> key, String name) {
        T value = key.parse(config.text(name)).value();
        return value != null && value.equals(key.defaultValue());
    }
}
