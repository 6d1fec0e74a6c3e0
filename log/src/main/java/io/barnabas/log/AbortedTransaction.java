package io.barnabas.log;

/**
 * A transaction that was aborted in a partition: its producer's records from the first offset to the marker are not
 * for readers of committed records.
 *
 * @param lastOffset of the marker
 * @param lastStableOffset of the log once the marker was there
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
