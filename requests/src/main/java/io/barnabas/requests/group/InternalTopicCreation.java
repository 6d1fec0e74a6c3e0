package io.barnabas.requests.group;

import java.util.Map;

/** Makes internal topics that are missing. Any thread; returns at once; asking again meanwhile does no harm. */
@FunctionalInterface
public interface InternalTopicCreation {
    /** No replication factor was configured: as many as there are live brokers, at most the default. */
    short UNSET = -1;

    void create(InternalTopic topic);

    /** @param replicationFactor or {@link #UNSET} */
    record InternalTopic(String name, int partitions, short replicationFactor, Map<String, String> configs) {}
}
