package io.barnabas.cluster.configs;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.TopicConfig;

/** Hears of new settings after they count. Called on the config store's mailbox, one at a time; returns at once. */
public interface ConfigListener {

    /** The settings of this broker are other ones. Topics that follow it are told of by {@link #topicChanged}. */
    default void brokerChanged(BrokerConfig before, BrokerConfig now) {}

    default void topicChanged(String topic, TopicConfig now) {}
}
