package io.barnabas.cluster;

import java.util.Arrays;

/**
 * Who leads and holds a partition. Immutable: the arrays are shared and never written.
 *
 * @param leader -1 for none
 * @param partitionEpoch version of the state in ZooKeeper
 */
public record PartitionImage(
        int partition,
        int leader,
        int leaderEpoch,
        int[] isr,
        int[] replicas,
        int[] offlineReplicas,
        int partitionEpoch,
        int controllerEpoch) {

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionImage that
                && partition == that.partition
                && leader == that.leader
                && leaderEpoch == that.leaderEpoch
                && partitionEpoch == that.partitionEpoch
                && controllerEpoch == that.controllerEpoch
                && Arrays.equals(isr, that.isr)
                && Arrays.equals(replicas, that.replicas)
                && Arrays.equals(offlineReplicas, that.offlineReplicas);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * partition + leaderEpoch) + partitionEpoch;
    }

    @Override
    public String toString() {
        return "partition " + partition + " leader " + leader + " epoch " + leaderEpoch + " isr " + Arrays.toString(isr)
                + " replicas " + Arrays.toString(replicas) + " offline " + Arrays.toString(offlineReplicas);
    }
}
