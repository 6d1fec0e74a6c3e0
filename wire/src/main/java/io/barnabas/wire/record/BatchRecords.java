package io.barnabas.wire.record;

/** The records of one batch, whatever its format. */
interface BatchRecords {
    /** Describes the next record; false when there is none. */
    boolean next(RecordView into);

    void close();
}
