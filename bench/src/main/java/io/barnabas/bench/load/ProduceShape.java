package io.barnabas.bench.load;

import io.barnabas.wire.record.Compression;

/**
 * How a producer writes.
 *
 * @param batchBytes of records before they are compressed; as many records as fit, at least one
 */
public record ProduceShape(
        int recordBytes, int batchBytes, short acks, boolean idempotent, Compression codec, Payload payload) {
    private static final int RECORD_OVERHEAD = 8;

    int recordsPerBatch() {
        return Math.max(1, batchBytes / (recordBytes + RECORD_OVERHEAD));
    }

    long payloadBytes() {
        return (long) recordsPerBatch() * recordBytes;
    }
}
