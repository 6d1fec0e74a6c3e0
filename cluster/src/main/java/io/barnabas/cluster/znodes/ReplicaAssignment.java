package io.barnabas.cluster.znodes;

import java.util.List;

/**
 * The brokers that hold a partition, the preferred leader first. While a partition moves, {@code adding} and
 * {@code removing} name those that come and go; both are part of {@code replicas}.
 */
public record ReplicaAssignment(List<Integer> replicas, List<Integer> adding, List<Integer> removing) {

    public static ReplicaAssignment of(List<Integer> replicas) {
        return new ReplicaAssignment(List.copyOf(replicas), List.of(), List.of());
    }

    public boolean isMoving() {
        return !adding.isEmpty() || !removing.isEmpty();
    }
}
