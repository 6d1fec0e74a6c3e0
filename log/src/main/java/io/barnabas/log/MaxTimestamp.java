package io.barnabas.log;

import io.barnabas.wire.record.BatchHeader;

/** The youngest timestamp of some records and the last offset of the batch that carries it. */
record MaxTimestamp(long timestamp, long offset) {
    static final MaxTimestamp NONE = new MaxTimestamp(BatchHeader.NO_TIMESTAMP, -1);
}
