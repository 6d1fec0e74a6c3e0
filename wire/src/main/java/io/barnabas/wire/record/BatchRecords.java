package io.barnabas.wire.record;

/** The records of one batch, whatever its format. */
interface BatchRecords extends AutoCloseable {
    /** Describes the next record; false when there is none. */
    boolean next(RecordView into);

    @Override
    void close();
}
