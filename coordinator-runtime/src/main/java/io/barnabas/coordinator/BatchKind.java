package io.barnabas.coordinator;

import io.barnabas.wire.record.BatchHeader;

/**
 * The producer fields of a batch that a step writes.
 *
 * @param proof of a transactional batch, that its transaction is under way
 */
public record BatchKind(
        long producerId, short producerEpoch, int baseSequence, boolean transactional, PartitionWriter.Proof proof) {
    private static final short NO_EPOCH = -1;

    /** No producer at all. */
    public static final BatchKind PLAIN = new BatchKind(
            BatchHeader.NO_PRODUCER_ID, NO_EPOCH, BatchHeader.NO_SEQUENCE, false, PartitionWriter.Proof.NONE);

    /** No producer, yet a sequence of 0: how Kafka's group coordinator marks committed offsets. */
    public static final BatchKind SEQUENCE_ZERO =
            new BatchKind(BatchHeader.NO_PRODUCER_ID, NO_EPOCH, 0, false, PartitionWriter.Proof.NONE);

    /** Part of a producer's transaction, marked as Kafka's group coordinator does. */
    public static BatchKind transactional(long producerId, short producerEpoch, PartitionWriter.Proof proof) {
        return new BatchKind(producerId, producerEpoch, 0, true, proof);
    }
}
