package io.barnabas.log.segment;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A guess at what of the logs the operating system holds in memory, since Java cannot ask: whatever was written or read
 * so lately that not more than {@code capacityBytes} of records came by since then. Shared by all logs; any thread may
 * call.
 */
final class PageCache {
    /** What is remembered together. */
    static final int REGION_BYTES = 1 << 20;

    private final long capacityBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    PageCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** Records were written, or read from disk. Answers the moment, counted in regions; never 0. */
    int used(int bytes) {
        return toRegions(usedBytes.addAndGet(bytes)) + 1;
    }

    /** Whether records that came by at that moment are still in memory. */
    boolean holds(int moment) {
        return toRegions(usedBytes.get()) + 1 - moment <= toRegions(capacityBytes);
    }

    private static int toRegions(long bytes) {
        return (int) (bytes / REGION_BYTES);
    }
}
