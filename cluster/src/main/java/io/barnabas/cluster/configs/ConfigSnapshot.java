package io.barnabas.cluster.configs;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.TopicConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What counts at one moment, for the broker and for each topic. Immutable. */
final class ConfigSnapshot {
    private final BrokerConfig broker;
    private final TopicConfig ofOtherTopics;
    private final Map<String, TopicConfig> topics;

    ConfigSnapshot(BrokerConfig broker, Map<String, TopicConfig> topics) {
        this(broker, TopicConfig.of(broker, Map.of()), topics);
    }

    private ConfigSnapshot(BrokerConfig broker, TopicConfig ofOtherTopics, Map<String, TopicConfig> topics) {
        this.broker = broker;
        this.ofOtherTopics = ofOtherTopics;
        this.topics = topics;
    }

    BrokerConfig broker() {
        return broker;
    }

    /** A topic of which nothing is known follows the broker. */
    TopicConfig topic(String name) {
        return topics.getOrDefault(name, ofOtherTopics);
    }

    boolean knows(String topic) {
        return topics.containsKey(topic);
    }

    Set<String> topics() {
        return topics.keySet();
    }

    ConfigSnapshot withTopic(String name, Map<String, String> overrides) {
        Map<String, TopicConfig> changed = new HashMap<>(topics);
        changed.put(name, TopicConfig.of(broker, overrides));
        return new ConfigSnapshot(broker, ofOtherTopics, changed);
    }

    ConfigSnapshot withoutTopic(String name) {
        Map<String, TopicConfig> changed = new HashMap<>(topics);
        changed.remove(name);
        return new ConfigSnapshot(broker, ofOtherTopics, changed);
    }

    ConfigSnapshot over(BrokerConfig other) {
        Map<String, TopicConfig> changed = new HashMap<>();
        topics.forEach((name, config) -> changed.put(name, config.over(other)));
        return new ConfigSnapshot(other, changed);
    }
}
