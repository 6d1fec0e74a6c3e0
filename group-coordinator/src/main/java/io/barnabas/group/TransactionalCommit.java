package io.barnabas.group;

import io.barnabas.coordinator.BatchKind;
import io.barnabas.coordinator.PartitionWriter;

/**
 * Offsets that count once a transaction is committed, and never if it is not.
 *
 * @param proof that the transaction is under way, with the group's partition in it
 */
public record TransactionalCommit(
        CommitRequest commit, long producerId, short producerEpoch, PartitionWriter.Proof proof) {
    BatchKind batchKind() {
        return BatchKind.transactional(producerId, producerEpoch, proof);
    }
}
