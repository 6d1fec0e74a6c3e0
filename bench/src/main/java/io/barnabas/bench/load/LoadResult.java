package io.barnabas.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a load came to.
 *
 * @param requests 0 where nobody counts them
 * @param payloadBytes of records, uncompressed, that were written or read
 * @param latency in nanoseconds, of each request
 * @param lateness of the load itself: how long after its time each request was sent; null where requests have no time
 */
public record LoadResult(long requests, long payloadBytes, double seconds, Histogram latency, Histogram lateness) {
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    LoadResult(long requests, long payloadBytes, double seconds, Histogram latency) {
        this(requests, payloadBytes, seconds, latency, null);
    }

    /** Of somebody who tells neither requests nor latencies. */
    public static LoadResult ofBytes(long payloadBytes, double seconds) {
        return new LoadResult(0, payloadBytes, seconds, histogram());
    }

    static Histogram histogram() {
        return new Histogram(1, LONGEST_NS, DIGITS);
    }

    static void record(Histogram latency, long nanoseconds) {
        latency.recordValue(Math.max(1, Math.min(nanoseconds, LONGEST_NS)));
    }
}
