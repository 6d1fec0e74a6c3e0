package io.barnabas.cluster.topics;

import io.barnabas.cluster.topics.Plan.Placed;
import io.barnabas.cluster.topics.Plan.Refused;
import io.barnabas.cluster.znodes.ReplicaAssignment;
import io.barnabas.cluster.znodes.TopicZnode;
import io.barnabas.wire.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Whether partitions may be added to a topic, and where they go. In Kafka's order and words. Pure. */
final class MorePartitionsRules {
    private final List<ReplicaPlacement.Broker> live;

    MorePartitionsRules(List<ReplicaPlacement.Broker> live) {
        this.live = live;
    }

    Plan plan(MorePartitions wish, TopicZnode topic) {
        int existing = topic.partitions().size();
        if (topic.partitions().values().stream().anyMatch(ReplicaAssignment::isMoving)) {
            return new Refused(
                    ErrorCode.REASSIGNMENT_IN_PROGRESS,
                    "A partition reassignment is in progress for the topic '" + wish.topic() + "'.");
        } else if (wish.total() < existing) {
            return new Refused(
                    ErrorCode.INVALID_PARTITIONS,
                    "Topic currently has " + existing + " partitions, which is higher than the requested "
                            + wish.total() + ".");
        } else if (wish.total() == existing) {
            return new Refused(ErrorCode.INVALID_PARTITIONS, "Topic already has " + existing + " partitions.");
        }
        return wish.assignments() == null ? place(wish, topic) : given(wish, topic);
    }

    private Plan place(MorePartitions wish, TopicZnode topic) {
        ReplicaAssignment first = topic.partitions().get(0);
        if (first == null || first.replicas().isEmpty()) {
            return new Refused(
                    ErrorCode.UNKNOWN_SERVER_ERROR,
                    "Unexpected existing replica assignment for topic '" + wish.topic()
                            + "', partition id 0 is missing.");
        }
        int factor = first.replicas().size();
        int existing = topic.partitions().size();
        return LiveBrokers.refusal(live, factor)
                .<Plan>map(refused -> refused)
                .orElseGet(() -> new Placed(new ReplicaPlacement(live)
                        .ofMorePartitions(
                                existing,
                                wish.total() - existing,
                                factor,
                                first.replicas().get(0))));
    }

    private Plan given(MorePartitions wish, TopicZnode topic) {
        int existing = topic.partitions().size();
        int more = wish.total() - existing;
        Set<Integer> unknown = new TreeSet<>();
        wish.assignments().forEach(unknown::addAll);
        live.forEach(broker -> unknown.remove(broker.id()));
        if (!unknown.isEmpty()) {
            return refused("Unknown broker(s) in replica assignment: " + joined(unknown) + ".");
        } else if (wish.assignments().size() != more) {
            return refused("Increasing the number of partitions by " + more + " but "
                    + wish.assignments().size() + " assignments provided.");
        }
        SortedMap<Integer, List<Integer>> placed = new TreeMap<>();
        wish.assignments().forEach(replicas -> placed.put(existing + placed.size(), replicas));
        String problem = problemOf(placed, topic.partitions().get(0).replicas().size());
        return problem == null ? new Placed(placed) : refused(problem);
    }

    private static String problemOf(SortedMap<Integer, List<Integer>> placed, int factor) {
        Set<Integer> odd = new TreeSet<>();
        for (var entry : placed.entrySet()) {
            List<Integer> replicas = entry.getValue();
            if (replicas.isEmpty()) {
                return "Cannot have replication factor of 0 for partition id " + entry.getKey() + ".";
            } else if (new HashSet<>(replicas).size() != replicas.size()) {
                return "Duplicate brokers not allowed in replica assignment: " + joined(replicas) + " for partition id "
                        + entry.getKey() + ".";
            } else if (replicas.size() != factor) {
                odd.add(entry.getKey());
            }
        }
        return odd.isEmpty()
                ? null
                : "Inconsistent replication factor between partitions, partition 0 has " + factor
                        + " while partitions [" + joined(odd) + "] have replication factors ["
                        + joined(odd.stream()
                                .map(partition -> placed.get(partition).size())
                                .toList()) + "], respectively.";
    }

    private static Refused refused(String message) {
        return new Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    }

    private static String joined(Iterable<Integer> numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
