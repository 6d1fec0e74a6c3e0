package io.barnabas.replication;

/**
 * The highest controller epoch this broker has heard of. One for LeaderAndIsr, StopReplica and UpdateMetadata together,
 * so that a controller that was replaced is refused everywhere at once. Any thread may call.
 */
public final class ControllerEpochs {
    private int highest;

    /** False when a newer controller has spoken before. */
    public synchronized boolean accept(int epoch) {
        if (epoch < highest) {
            return false;
        }
        highest = epoch;
        return true;
    }

    public synchronized int highest() {
        return highest;
    }
}
