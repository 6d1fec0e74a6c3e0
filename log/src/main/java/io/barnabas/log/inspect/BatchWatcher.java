package io.barnabas.log.inspect;

/** Follows the batches of a segment, to compare an index with them. One thread calls. */
interface BatchWatcher {

    /** Every readable batch, in order. */
    void batch(int position, long baseOffset, long lastOffset, long maxTimestamp);

    /** There are no more. */
    void end();
}
