package io.barnabas.log.file;

import java.util.concurrent.TimeUnit;

/**
 * Spreads reading and writing so that they stay below a rate, for all threads that ask it. Knows no time of its own and
 * does not wait: it says how long to.
 */
public final class IoThrottle {
    private final double bytesPerSecond;

    /** When all that was announced is over at that rate. */
    private long busyUntilNs = Long.MIN_VALUE;

    public IoThrottle(double bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** How many milliseconds to pause after having read or written so many bytes. */
    public synchronized long pauseMs(long bytes, long nowNs) {
        if (bytesPerSecond == Double.MAX_VALUE || bytesPerSecond <= 0) {
            return 0;
        }
        double costNs = bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
        busyUntilNs = Math.max(busyUntilNs, nowNs) + (long) costNs;
        return TimeUnit.NANOSECONDS.toMillis(busyUntilNs - nowNs);
    }
}
