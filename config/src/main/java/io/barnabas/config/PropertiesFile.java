package io.barnabas.config;

import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A file of properties as people write it, and what they add on the command line. Immutable. */
public final class PropertiesFile {

    private final Map<String, String> values;

    private PropertiesFile(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public static PropertiesFile of(Map<String, String> values) {
        return new PropertiesFile(values);
    }

    public static PropertiesFile read(Disk disk, Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Channels.newInputStream(disk.open(file, StandardOpenOption.READ))) {
            load(properties, in);
        }
        return of(properties);
    }

    public static PropertiesFile parse(String text) {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(text)) {
            properties.load(reader);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return of(properties);
    }

    private static void load(Properties properties, InputStream in) throws IOException {
        try {
            properties.load(in);
        } catch (IllegalArgumentException malformedEscape) {
            throw new IOException(malformedEscape.getMessage(), malformedEscape);
        }
    }

    private static PropertiesFile of(Properties properties) {
        Map<String, String> values = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) values.put(name, properties.getProperty(name));
        return new PropertiesFile(values);
    }

    /** Each {@code key=value}; the last one counts. Without an equals sign the value is empty. */
    public PropertiesFile withOverrides(List<String> overrides) {
        Map<String, String> merged = new TreeMap<>(values);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 0) merged.put(override.trim(), "");
            else
                merged.put(
                        override.substring(0, equals).trim(),
                        override.substring(equals + 1).trim());
        }
        return new PropertiesFile(merged);
    }

    /** The same with a value for a key that the file leaves open. */
    public PropertiesFile withDefault(ConfigKey<?> key, String text) {
        if (values.containsKey(key.name())) return this;
        Map<String, String> merged = new TreeMap<>(values);
        merged.put(key.name(), text);
        return new PropertiesFile(merged);
    }

    public Map<String, String> values() {
        return values;
    }

    /** Everything that is wrong, at once, and everything that is odd. */
    public ConfigCheck check() {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            ConfigKey<?> key = ListenerPrefix.keyOf(entry.getKey());
            ConfigProblem problem = key == null ? null : key.problemWith(entry.getValue());
            if (problem != null) problems.add(problem);
        }
        BrokerConfig config = BrokerConfig.of(values);
        problems.addAll(BrokerConfigRules.problemsWith(config));
        return new ConfigCheck(config, List.copyOf(problems), new ConfigWarnings(config).all());
    }
}
