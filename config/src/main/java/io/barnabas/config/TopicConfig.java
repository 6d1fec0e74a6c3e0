package io.barnabas.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of a topic at one moment: what it sets itself, over what its broker says. Immutable; anyone may read. A change of
 * either makes a new snapshot. Reading a value is an array access.
 */
public final class TopicConfig {

    private final BrokerConfig broker;
    private final Map<String, String> overrides;
    private final Object[] values;

    private TopicConfig(BrokerConfig broker, Map<String, String> overrides) {
        this.broker = broker;
        this.overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
        this.values = new Object[TopicKeys.all().size()];
        for (ConfigKey<?> key : TopicKeys.all()) values[key.slot()] = resolve(key);
    }

    /** A text that cannot be read counts as not set; {@link TopicConfigRules} refuses those before they are stored. */
    public static TopicConfig of(BrokerConfig broker, Map<String, String> overrides) {
        return new TopicConfig(broker, overrides);
    }

    /** The same overrides over another broker snapshot. */
    public TopicConfig over(BrokerConfig other) {
        return new TopicConfig(other, overrides);
    }

    private <T> T resolve(ConfigKey<T> key) {
        String text = overrides.get(key.name());
        T own = text == null ? null : key.parse(text).value();
        if (own != null) return own;
        T ofBroker = key.brokerKey() == null ? null : broker.get(key.brokerKey());
        return ofBroker == null ? key.defaultValue() : ofBroker;
    }

    /** The value that counts; never null. */
    @SuppressWarnings("unchecked")
    public <T> T get(ConfigKey<T> key) {
        if (key.scope() != KeyScope.TOPIC) throw new IllegalArgumentException(key + " is no topic key");
        return (T) values[key.slot()];
    }

    /** What the topic sets itself. */
    public Map<String, String> overrides() {
        return overrides;
    }

    public boolean isCompacted() {
        return get(TopicKeys.CLEANUP_POLICY).contains("compact");
    }

    public boolean isDeletedByAge() {
        return get(TopicKeys.CLEANUP_POLICY).contains("delete");
    }

    /**
     * The format, 0, 1 or 2, in which records are stored: the newest, unless the brokers speak to each other as before
     * 3.0 and the topic asks for an older one.
     */
    public byte recordFormat() {
        if (!KafkaReleases.mayKeepOldFormats(broker.get(BrokerKeys.INTER_BROKER_PROTOCOL_VERSION))) return 2;
        return KafkaReleases.recordFormat(get(TopicKeys.MESSAGE_FORMAT_VERSION));
    }

    /** As DescribeConfigs answers: all keys, and whatever else was set. */
    public List<ConfigEntry> describe() {
        Set<String> names = new TreeSet<>(overrides.keySet());
        for (ConfigKey<?> key : TopicKeys.all()) names.add(key.name());
        List<ConfigEntry> entries = new ArrayList<>();
        for (String name : names) {
            ConfigKey<?> key = TopicKeys.named(name);
            entries.add(key == null ? ConfigEntry.ofUnknown(name, ConfigSource.TOPIC, false) : describe(key));
        }
        return entries;
    }

    private <T> ConfigEntry describe(ConfigKey<T> key) {
        List<ConfigEntry.Synonym> all = new ArrayList<>();
        if (overrides.containsKey(key.name()))
            all.add(new ConfigEntry.Synonym(key.name(), key.type().show(get(key)), ConfigSource.TOPIC));
        ConfigKey<T> brokerKey = key.brokerKey();
        if (brokerKey != null)
            all.addAll(
                    Synonyms.fromItsOwnNameOn(brokerKey.name(), broker.layers().synonyms(brokerKey)));
        ConfigSource source = all.isEmpty() ? ConfigSource.DEFAULT : all.get(0).source();
        return ConfigEntry.of(key, key.name(), get(key), source, false, all);
    }
}
