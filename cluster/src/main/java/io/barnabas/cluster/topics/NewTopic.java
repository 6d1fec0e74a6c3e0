package io.barnabas.cluster.topics;

import java.util.List;
import java.util.Map;

/**
 * A topic that somebody wants.
 *
 * @param partitions how many, or {@link #BROKERS_DEFAULT}
 * @param replicationFactor or {@link #BROKERS_DEFAULT}
 * @param assignments replicas by partition, empty to have them placed
 * @param configs values may be null where a client sent null, which is refused
 */
public record NewTopic(
        String name,
        int partitions,
        int replicationFactor,
        Map<Integer, List<Integer>> assignments,
        Map<String, String> configs) {
    public static final int BROKERS_DEFAULT = -1;
}
