package io.barnabas.cluster.topics;

import java.util.List;

/**
 * Partitions to be added to a topic.
 *
 * @param total how many there shall be then
 * @param assignments replicas of each new partition, null to have them placed
 */
public record MorePartitions(String topic, int total, List<List<Integer>> assignments) {}
