package io.barnabas.requests.group;

import java.util.Map;

/** Makes internal topics that are missing. Any thread; returns at once; asking again meanwhile does no harm. */
@FunctionalInterface
public interface InternalTopicCreation {

    void create(InternalTopic topic);

    record InternalTopic(String name, int partitions, short replicationFactor, Map<String, String> configs) {}
}
