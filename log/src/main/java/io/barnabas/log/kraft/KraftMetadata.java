package io.barnabas.log.kraft;

import io.barnabas.wire.Uuid;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A KRaft cluster as its metadata log describes it, at the end of that log. Immutable.
 *
 * @param topics by name
 * @param topicConfigs what each topic sets itself
 * @param brokerConfigs by broker id; under the empty name what holds for all brokers
 * @param nextProducerId the first that was never given out; 0 when none was
 * @param leftOut what the cluster had beside all this, such as ACLs
 */
public record KraftMetadata(
        SortedMap<String, Topic> topics,
        Map<String, Map<String, String>> topicConfigs,
        Map<String, Map<String, String>> brokerConfigs,
        long nextProducerId,
        SortedSet<String> leftOut) {

    public record Topic(String name, Uuid id, SortedMap<Integer, Partition> partitions) {}

    /**
     * @param eligible replicas that left the in-sync set with all records (KIP-966); the last one to go is among them
     * @param leader -1 for none
     */
    public record Partition(
            List<Integer> replicas, List<Integer> isr, List<Integer> eligible, int leader, int leaderEpoch) {

        /** Those that have all records; a node that was stopped in good order has left the in-sync set. */
        public List<Integer> complete() {
            return !isr.isEmpty() ? isr : eligible.isEmpty() && replicas.size() == 1 ? replicas : eligible;
        }
    }
}
