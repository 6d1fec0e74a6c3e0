package io.barnabas.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Texts as they were set, the strongest source first. Immutable. Values are read from it once, when a snapshot is made. */
final class Layers {

    /** What one source sets. */
    record Layer(ConfigSource source, Map<String, String> values) {
        Layer {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
        }
    }

    private final List<Layer> layers;

    Layers(List<Layer> strongestFirst) {
        this.layers = List.copyOf(strongestFirst);
    }

    List<Layer> strongestFirst() {
        return layers;
    }

    Map<String, String> of(ConfigSource source) {
        for (Layer layer : layers) if (layer.source() == source) return layer.values();
        return Map.of();
    }

    boolean isSet(String name) {
        for (Layer layer : layers) if (layer.values().containsKey(name)) return true;
        return false;
    }

    /** The strongest text, or null. */
    String text(String name) {
        for (Layer layer : layers) {
            String text = layer.values().get(name);
            if (text != null) return text;
        }
        return null;
    }

    /** The value that counts. A text that cannot be read is passed over, as if its source had not set it. */
    <T> T resolve(ConfigKey<T> key) {
        for (Layer layer : layers) {
            T value = resolveIn(layer, key);
            if (value != null) return value;
        }
        if (key.defaultValue() != null) return key.defaultValue();
        for (ConfigKey.Fallback fallback : key.fallbacks()) {
            Object value = fallback.key().defaultValue();
            if (value != null) return converted(key, value, fallback.factor());
        }
        return null;
    }

    private static <T> T resolveIn(Layer layer, ConfigKey<T> key) {
        T own = read(layer, key);
        if (own != null) return own;
        for (ConfigKey.Fallback fallback : key.fallbacks()) {
            Object value = read(layer, fallback.key());
            if (value != null) return converted(key, value, fallback.factor());
        }
        return null;
    }

    private static <T> T read(Layer layer, ConfigKey<T> key) {
        String text = layer.values().get(key.name());
        return text == null ? null : key.parse(text).value();
    }

    @SuppressWarnings("unchecked")
    private static <T> T converted(ConfigKey<T> key, Object value, long factor) {
        if (factor == 1 && key.type() != ConfigType.LONG) return (T) value;
        long number = ((Number) value).longValue();
        return (T) Long.valueOf(number < 0 ? -1 : number * factor);
    }

    /** Every source's value for a key's name and its stand-ins, as descriptions list them: by source, then by name. */
    List<ConfigEntry.Synonym> synonyms(ConfigKey<?> key) {
        List<ConfigEntry.Synonym> all = new ArrayList<>();
        for (Layer layer : layers) {
            for (String name : key.synonyms()) {
                String text = layer.values().get(name);
                if (text != null) all.add(new ConfigEntry.Synonym(name, shown(key, text), layer.source()));
            }
        }
        addDefaults(key, all);
        return all;
    }

    private static void addDefaults(ConfigKey<?> key, List<ConfigEntry.Synonym> all) {
        addDefault(key, all);
        for (ConfigKey.Fallback fallback : key.fallbacks()) if (fallback.isSynonym()) addDefault(fallback.key(), all);
    }

    private static <T> void addDefault(ConfigKey<T> key, List<ConfigEntry.Synonym> all) {
        if (key.defaultValue() == null) return;
        String shown = key.type().isSensitive() ? null : key.type().show(key.defaultValue());
        all.add(new ConfigEntry.Synonym(key.name(), shown, ConfigSource.DEFAULT));
    }

    private static String shown(ConfigKey<?> key, String text) {
        return key.type().isSensitive() ? null : text;
    }
}
