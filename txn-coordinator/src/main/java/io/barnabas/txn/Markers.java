package io.barnabas.txn;

import io.barnabas.wire.TopicPartition;
import java.util.Set;

/**
 * The markers that end a transaction in its partitions.
 *
 * @param coordinatorEpoch by which partitions tell a coordinator from one that took over
 * @param clientVersion as in {@link AddRequest}
 */
public record Markers(
        long producerId,
        short epoch,
        boolean committed,
        int coordinatorEpoch,
        short clientVersion,
        Set<TopicPartition> partitions) {}
