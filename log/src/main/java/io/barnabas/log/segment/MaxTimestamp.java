package io.barnabas.log.segment;

import io.barnabas.wire.record.BatchHeader;

/** The youngest timestamp of some records and the last offset of the batch that carries it. */
public record MaxTimestamp(long timestamp, long offset) {
    public static final MaxTimestamp NONE = new MaxTimestamp(BatchHeader.NO_TIMESTAMP, -1);
}
