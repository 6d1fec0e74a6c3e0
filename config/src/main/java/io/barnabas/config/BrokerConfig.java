package io.barnabas.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All settings of a broker at one moment: its file, what the cluster sets for every broker, and what it sets for this one; the
 * latter count before the former. Immutable; anyone may read. A change makes a new snapshot. Reading a value is an array
 * access; a value that cannot be read counts as not set, since {@link PropertiesFile#check} and {@link DynamicConfigRules}
 * refuse those before.
 */
public final class BrokerConfig {

    private final Layers layers;
    private final Object[] values;

    private BrokerConfig(Layers layers) {
        this.layers = layers;
        this.values = new Object[BrokerKeys.all().size()];
        for (ConfigKey<?> key : BrokerKeys.all()) values[key.slot()] = layers.resolve(key);
    }

    /** What the file says; nothing dynamic yet. */
    public static BrokerConfig of(Map<String, String> file) {
        return new BrokerConfig(new Layers(List.of(new Layers.Layer(ConfigSource.STATIC_BROKER, withBothIds(file)))));
    }

    /** broker.id and node.id are one thing under two names. */
    private static Map<String, String> withBothIds(Map<String, String> file) {
        Map<String, String> both = new TreeMap<>(file);
        String brokerId = file.get(BrokerKeys.BROKER_ID.name());
        String nodeId = file.get(BrokerKeys.NODE_ID.name());
        if (brokerId == null && nodeId != null) both.put(BrokerKeys.BROKER_ID.name(), nodeId);
        if (nodeId == null && brokerId != null) both.put(BrokerKeys.NODE_ID.name(), brokerId);
        return both;
    }

    /** The same file with other dynamic values. */
    public BrokerConfig withDynamic(Map<String, String> ofCluster, Map<String, String> ofThisBroker) {
        return new BrokerConfig(new Layers(List.of(
                new Layers.Layer(ConfigSource.DYNAMIC_BROKER, ofThisBroker),
                new Layers.Layer(ConfigSource.DYNAMIC_DEFAULT_BROKER, ofCluster),
                new Layers.Layer(ConfigSource.STATIC_BROKER, fileValues()))));
    }

    /** The same with a value that the start found out itself, such as a generated broker id. */
    public BrokerConfig withFileValue(ConfigKey<?> key, String text) {
        Map<String, String> file = new TreeMap<>(fileValues());
        file.put(key.name(), text);
        if (key == BrokerKeys.BROKER_ID) file.put(BrokerKeys.NODE_ID.name(), text);
        return of(file).withDynamic(dynamicDefaultValues(), dynamicBrokerValues());
    }

    /**
     * The value that counts: where the key is unset, that of the keys that stand in for it, then the default. Null when there is
     * none of these.
     */
    @SuppressWarnings("unchecked")
    public <T> T get(ConfigKey<T> key) {
        if (key.scope() != KeyScope.BROKER) throw new IllegalArgumentException(key + " is no broker key");
        return (T) values[key.slot()];
    }

    /** Whether somebody set it, in the file or while running. */
    public boolean isSet(ConfigKey<?> key) {
        return layers.isSet(key.name());
    }

    /** As {@link #get}, but a value for this listener alone counts first ({@code listener.name.<listener>.<key>}). */
    public <T> T get(ConfigKey<T> key, String listenerName) {
        String text = layers.text(ListenerPrefix.of(listenerName) + key.name());
        T own = text == null ? null : key.parse(text).value();
        return own == null ? get(key) : own;
    }

    /** Text of any name, also of those that are no keys; the strongest source counts. Null when unset. */
    public String text(String name) {
        return layers.text(name);
    }

    /** The directories of {@code log.dirs}, or {@code log.dir}. */
    public List<String> logDirs() {
        List<String> directories = new ArrayList<>();
        for (String part : get(BrokerKeys.LOG_DIRS).split(",")) if (!part.isBlank()) directories.add(part.trim());
        return directories;
    }

    public Map<String, String> fileValues() {
        return layers.of(ConfigSource.STATIC_BROKER);
    }

    public Map<String, String> dynamicDefaultValues() {
        return layers.of(ConfigSource.DYNAMIC_DEFAULT_BROKER);
    }

    public Map<String, String> dynamicBrokerValues() {
        return layers.of(ConfigSource.DYNAMIC_BROKER);
    }

    /** This broker, as DescribeConfigs answers: all keys, and whatever else was set. */
    public List<ConfigEntry> describe() {
        Set<String> names = new TreeSet<>();
        for (Layers.Layer layer : layers.strongestFirst())
            names.addAll(layer.values().keySet());
        for (ConfigKey<?> key : BrokerKeys.all()) if (!key.isHidden()) names.add(key.name());
        List<ConfigEntry> entries = new ArrayList<>();
        for (String name : names) entries.add(describe(name));
        return entries;
    }

    /** What the cluster sets for every broker, as DescribeConfigs answers for the resource without a name. */
    public List<ConfigEntry> describeClusterDefaults() {
        List<ConfigEntry> entries = new ArrayList<>();
        for (Map.Entry<String, String> set : dynamicDefaultValues().entrySet()) {
            ConfigKey<?> key = ListenerPrefix.keyOf(set.getKey());
            entries.add(
                    key == null
                            ? ConfigEntry.ofUnknown(set.getKey(), ConfigSource.DYNAMIC_DEFAULT_BROKER, true)
                            : clusterDefault(key, set.getKey(), set.getValue()));
        }
        return entries;
    }

    private static <T> ConfigEntry clusterDefault(ConfigKey<T> key, String name, String text) {
        ConfigSource source = ConfigSource.DYNAMIC_DEFAULT_BROKER;
        String shown = key.type().isSensitive() ? null : text;
        List<ConfigEntry.Synonym> itself = List.of(new ConfigEntry.Synonym(name, shown, source));
        return ConfigEntry.of(
                key, name, key.parse(text).value(), source, !key.updateMode().isDynamic(), itself);
    }

    private ConfigEntry describe(String name) {
        ConfigKey<?> key = BrokerKeys.named(name);
        if (key != null) return describe(key);
        ConfigKey<?> prefixed = ListenerPrefix.keyOf(name);
        return prefixed == null ? ConfigEntry.ofUnknown(name, sourceOf(name), true) : describePrefixed(prefixed, name);
    }

    private <T> ConfigEntry describe(ConfigKey<T> key) {
        List<ConfigEntry.Synonym> all = layers.synonyms(key);
        List<ConfigEntry.Synonym> shown = Synonyms.fromItsOwnNameOn(key.name(), all);
        ConfigSource source =
                shown.isEmpty() ? ConfigSource.DEFAULT : shown.get(0).source();
        // The value of the key itself: what stands in for it is described under its own name.
        T value = layers.isSet(key.name()) || key.fallbacks().isEmpty() ? get(key) : key.defaultValue();
        return ConfigEntry.of(key, key.name(), value, source, !key.updateMode().isDynamic(), shown);
    }

    private <T> ConfigEntry describePrefixed(ConfigKey<T> key, String name) {
        String text = layers.text(name);
        ConfigSource source = sourceOf(name);
        List<ConfigEntry.Synonym> all = new ArrayList<>();
        all.add(new ConfigEntry.Synonym(name, key.type().isSensitive() ? null : text, source));
        all.addAll(layers.synonyms(key));
        return ConfigEntry.of(key, name, key.parse(text).value(), source, true, all);
    }

    private ConfigSource sourceOf(String name) {
        for (Layers.Layer layer : layers.strongestFirst()) if (layer.values().containsKey(name)) return layer.source();
        return ConfigSource.DEFAULT;
    }

    Layers layers() {
        return layers;
    }
}
