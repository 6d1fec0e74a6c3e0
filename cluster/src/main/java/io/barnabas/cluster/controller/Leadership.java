package io.barnabas.cluster.controller;

import io.barnabas.cluster.znodes.PartitionStateZnode;
import java.util.List;

/**
 * The state of a partition as it stands in ZooKeeper.
 *
 * @param partitionEpoch version of the node, expected by the next write
 */
record Leadership(PartitionStateZnode state, int partitionEpoch) {

    int leader() {
        return state.leader();
    }

    int leaderEpoch() {
        return state.leaderEpoch();
    }

    List<Integer> isr() {
        return state.isr();
    }
}
