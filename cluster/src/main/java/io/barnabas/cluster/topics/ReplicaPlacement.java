package io.barnabas.cluster.topics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Which brokers hold a new partition, by Kafka's rule: leaders go round the brokers, followers are shifted by one more
 * on each round, and where brokers name racks a partition is spread over as many racks as it can be. Pure.
 */
public final class ReplicaPlacement {
    private final List<Integer> brokers;
    private final Map<Integer, String> racks;
    private final int rackCount;

    /** @param rack null for none */
    public record Broker(int id, String rack) {}

    /** Racks are of no account unless all brokers, or none, name one: see {@link #racksAreMixed}. */
    public ReplicaPlacement(List<Broker> live) {
        this.racks = new TreeMap<>();
        live.stream().filter(broker -> broker.rack() != null).forEach(broker -> racks.put(broker.id(), broker.rack()));
        this.rackCount = new HashSet<>(racks.values()).size();
        this.brokers = rackCount == 0 ? live.stream().map(Broker::id).sorted().toList() : alternatingByRack();
    }

    /** Whether some brokers name a rack and others do not; then nothing can be placed. */
    public static boolean racksAreMixed(List<Broker> live) {
        long withRack = live.stream().filter(broker -> broker.rack() != null).count();
        return withRack > 0 && withRack < live.size();
    }

    /** Replicas of the partitions of a new topic, beginning anywhere. */
    public SortedMap<Integer, List<Integer>> ofNewTopic(int partitions, int replicationFactor, RandomGenerator random) {
        int start = random.nextInt(brokers.size());
        int shift = random.nextInt(brokers.size());
        return place(0, partitions, replicationFactor, start, shift);
    }

    /**
     * Replicas of partitions added to a topic, going on where the topic began.
     *
     * @param firstLeader preferred leader of partition 0
     */
    public SortedMap<Integer, List<Integer>> ofMorePartitions(
            int existing, int more, int replicationFactor, int firstLeader) {
        List<Integer> sorted = brokers.stream().sorted().toList();
        int start = 0;
        while (start < sorted.size() && sorted.get(start) < firstLeader) {
            start++;
        }
        start = start == sorted.size() ? 0 : start;
        return place(existing, more, replicationFactor, start, start);
    }

    private SortedMap<Integer, List<Integer>> place(int first, int count, int replicationFactor, int start, int shift) {
        SortedMap<Integer, List<Integer>> placed = new TreeMap<>();
        int shifted = shift;
        for (int partition = first; partition < first + count; partition++) {
            if (partition > 0 && partition % brokers.size() == 0) {
                shifted++;
            }
            int leader = (partition + start) % brokers.size();
            placed.put(
                    partition,
                    rackCount == 0
                            ? roundRobin(leader, shifted, replicationFactor)
                            : overRacks(leader, shifted * rackCount, replicationFactor));
        }
        return placed;
    }

    private List<Integer> roundRobin(int leader, int shift, int replicationFactor) {
        List<Integer> replicas = new ArrayList<>(replicationFactor);
        replicas.add(brokers.get(leader));
        for (int follower = 0; follower < replicationFactor - 1; follower++) {
            replicas.add(brokers.get(indexOfFollower(leader, shift, follower)));
        }
        return List.copyOf(replicas);
    }

    private List<Integer> overRacks(int leader, int shift, int replicationFactor) {
        List<Integer> replicas = new ArrayList<>(replicationFactor);
        Set<String> usedRacks = new HashSet<>();
        replicas.add(brokers.get(leader));
        usedRacks.add(racks.get(brokers.get(leader)));
        for (int candidate = 0; replicas.size() < replicationFactor; candidate++) {
            Integer broker = brokers.get(indexOfFollower(leader, shift, candidate));
            boolean rackIsFree = usedRacks.size() == rackCount || !usedRacks.contains(racks.get(broker));
            if (rackIsFree && !replicas.contains(broker)) {
                replicas.add(broker);
                usedRacks.add(racks.get(broker));
            }
        }
        return List.copyOf(replicas);
    }

    private int indexOfFollower(int leader, int shift, int follower) {
        return (leader + 1 + (shift + follower) % (brokers.size() - 1)) % brokers.size();
    }

    private List<Integer> alternatingByRack() {
        TreeMap<String, List<Integer>> byRack = new TreeMap<>();
        racks.forEach((id, rack) ->
                byRack.computeIfAbsent(rack, unused -> new ArrayList<>()).add(id));
        List<Integer> alternating = new ArrayList<>(racks.size());
        int longest = byRack.values().stream()
                .map(List::size)
                .max(Comparator.naturalOrder())
                .orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<Integer> rack : byRack.values()) {
                if (i < rack.size()) {
                    alternating.add(rack.get(i));
                }
            }
        }
        return alternating;
    }
}
