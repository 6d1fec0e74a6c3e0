package io.barnabas.requests.metadata;

import io.barnabas.cluster.PartitionImage;
import io.barnabas.wire.ErrorCode;
import java.util.Arrays;

/**
 * A partition as a client of one listener may see it.
 *
 * @param leader -1 when there is none, or none that the client can reach
 */
record PartitionView(ErrorCode error, int leader, int[] replicas, int[] isr) {
    private static final int NOBODY = -1;

    /** How answers differ by version. */
    record Form(boolean hidesDeadReplicas, boolean namesMissingListener) {
        static final Form NEWEST = new Form(false, true);

        static Form ofMetadata(short version) {
            return new Form(version == 0, version >= 6);
        }
    }

    static PartitionView of(PartitionImage partition, Reach reach, Form form) {
        int[] replicas = form.hidesDeadReplicas() ? reached(partition.replicas(), reach) : partition.replicas();
        int[] isr = form.hidesDeadReplicas() ? reached(partition.isr(), reach) : partition.isr();
        if (!reach.isReached(partition.leader())) {
            ErrorCode error = reach.isAlive(partition.leader()) && form.namesMissingListener()
                    ? ErrorCode.LISTENER_NOT_FOUND
                    : ErrorCode.LEADER_NOT_AVAILABLE;
            return new PartitionView(error, NOBODY, replicas, isr);
        }
        boolean complete = replicas.length == partition.replicas().length && isr.length == partition.isr().length;
        return new PartitionView(
                complete ? ErrorCode.NONE : ErrorCode.REPLICA_NOT_AVAILABLE, partition.leader(), replicas, isr);
    }

    private static int[] reached(int[] brokers, Reach reach) {
        return Arrays.stream(brokers).filter(reach::isReached).toArray();
    }
}
