package io.barnabas.config;

import java.util.List;

/**
 * One line of a description, as DescribeConfigs answers it.
 *
 * @param value null when unset, and always null when sensitive
 * @param typeId number of the type; 0 for a name that is no key
 * @param documentation null for a name that is no key
 */
public record ConfigEntry(
        String name,
        String value,
        ConfigSource source,
        boolean isReadOnly,
        boolean isSensitive,
        List<Synonym> synonyms,
        byte typeId,
        String documentation) {

    static final byte UNKNOWN_TYPE = 0;

    /** A value that stands behind the one that counts, or is the one that counts. */
    public record Synonym(String name, String value, ConfigSource source) {}

    public boolean isDefault() {
        return source == ConfigSource.DEFAULT;
    }

    /** Nobody knows whether a name that is no key holds a secret, so its value stays here. */
    static ConfigEntry ofUnknown(String name, ConfigSource source, boolean isReadOnly) {
        Synonym itself = new Synonym(name, null, source);
        return new ConfigEntry(name, null, source, isReadOnly, true, List.of(itself), UNKNOWN_TYPE, null);
    }

    static <T> ConfigEntry of(
            ConfigKey<T> key, String name, T value, ConfigSource source, boolean isReadOnly, List<Synonym> synonyms) {
        boolean sensitive = key.type().isSensitive();
        String shown = sensitive ? null : key.type().show(value);
        return new ConfigEntry(
                name,
                shown,
                source,
                isReadOnly,
                sensitive,
                List.copyOf(synonyms),
                key.type().id(),
                key.doc());
    }
}
