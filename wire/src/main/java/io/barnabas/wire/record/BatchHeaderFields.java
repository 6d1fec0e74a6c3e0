package io.barnabas.wire.record;

/** What a batch header says, while the batch is being built; length, format and checksum follow from the rest. */
final class BatchHeaderFields {
    long baseOffset;
    int leaderEpoch = -1;
    int attributes;
    int lastOffsetDelta;
    long baseTimestamp = BatchHeader.NO_TIMESTAMP;
    long maxTimestamp = BatchHeader.NO_TIMESTAMP;
    long producerId = BatchHeader.NO_PRODUCER_ID;
    short producerEpoch = -1;
    int baseSequence = BatchHeader.NO_SEQUENCE;
    int recordCount;
}
