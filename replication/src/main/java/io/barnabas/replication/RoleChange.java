package io.barnabas.replication;

/**
 * What the controller decided for one partition, in any version of its request.
 *
 * @param isNew the partition was just made, so that missing files are no sign of a lost disk
 */
record RoleChange(int leader, int leaderEpoch, int partitionEpoch, int[] replicas, int[] inSync, boolean isNew) {

    boolean involves(int brokerId) {
        for (int replica : replicas) {
            if (replica == brokerId) {
                return true;
            }
        }
        return false;
    }
}
