package io.barnabas.cluster.controller;

import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which partitions should go back to their preferred leader, so that no broker leads too few of its own. Pure. */
final class LeaderBalance {
    private LeaderBalance() {}

    /** @param toleratedPercent share of a broker's own partitions that others may lead */
    static List<TopicPartition> partitionsToMove(ClusterState state, int toleratedPercent) {
        Map<Integer, List<TopicPartition>> own = new TreeMap<>();
        for (TopicPartition partition : state.partitionsWithState()) {
            if (!state.isDeleting(partition.topic())
                    && !state.replicas(partition).isEmpty()) {
                own.computeIfAbsent(state.replicas(partition).get(0), unused -> new ArrayList<>())
                        .add(partition);
            }
        }
        List<TopicPartition> toMove = new ArrayList<>();
        own.forEach((broker, partitions) -> {
            List<TopicPartition> elsewhere = partitions.stream()
                    .filter(partition -> state.leadership(partition).leader() != broker)
                    .toList();
            if (elsewhere.size() * 100 > partitions.size() * toleratedPercent) {
                toMove.addAll(elsewhere);
            }
        });
        return toMove;
    }
}
