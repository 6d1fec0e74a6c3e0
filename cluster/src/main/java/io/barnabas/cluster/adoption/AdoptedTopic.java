package io.barnabas.cluster.adoption;

import io.barnabas.wire.Uuid;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A topic whose records are there already.
 *
 * @param configs what it sets itself
 */
public record AdoptedTopic(
        String name, Uuid id, SortedMap<Integer, Partition> partitions, Map<String, String> configs) {

    /**
     * @param leader -1 for none
     * @param leaderEpoch not lower than any in the partition's log, and no other broker's
     */
    public record Partition(List<Integer> replicas, List<Integer> isr, int leader, int leaderEpoch) {}
}
