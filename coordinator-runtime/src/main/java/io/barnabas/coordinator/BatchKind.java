package io.barnabas.coordinator;

import io.barnabas.wire.record.BatchHeader;

/** The producer fields of a batch that a step writes. */
public record BatchKind(long producerId, short producerEpoch, int baseSequence, boolean transactional) {
    private static final short NO_EPOCH = -1;

    /** No producer at all. */
    public static final BatchKind PLAIN =
            new BatchKind(BatchHeader.NO_PRODUCER_ID, NO_EPOCH, BatchHeader.NO_SEQUENCE, false);

    /** No producer, yet a sequence of 0: how Kafka's group coordinator marks committed offsets. */
    public static final BatchKind SEQUENCE_ZERO = new BatchKind(BatchHeader.NO_PRODUCER_ID, NO_EPOCH, 0, false);
}
