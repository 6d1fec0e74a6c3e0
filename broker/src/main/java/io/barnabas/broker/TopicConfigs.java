package io.barnabas.broker;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.TopicConfig;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.replication.PartitionConfigs;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of the broker and of all topics that have some of their own, newest state. Any thread asks. */
final class TopicConfigs implements PartitionConfigs {
    private final Map<String, TopicConfig> own = new ConcurrentHashMap<>();
    private volatile BrokerConfig broker;
    private volatile TopicConfig defaults;

    TopicConfigs(BrokerConfig broker) {
        brokerChanged(broker);
    }

    BrokerConfig broker() {
        return broker;
    }

    TopicConfig topic(String name) {
        return own.getOrDefault(name, defaults);
    }

    @Override
    public PartitionConfig of(String topic) {
        return PartitionRules.of(topic(topic), broker);
    }

    /** Without overrides the topic follows the broker again. */
    void topicChanged(String name, Map<String, String> overrides) {
        if (overrides.isEmpty()) {
            own.remove(name);
        } else {
            own.put(name, TopicConfig.of(broker, overrides));
        }
    }

    /** Other settings of the broker show through wherever a topic sets nothing itself. */
    final void brokerChanged(BrokerConfig changed) {
        broker = changed;
        defaults = TopicConfig.of(changed, Map.of());
        own.replaceAll((name, topic) -> topic.over(changed));
    }
}
