package io.barnabas.log.inspect;

import io.barnabas.runtime.Clock;
import java.util.function.Consumer;

/**
 * Tells how far long work has come, every two seconds and not before the first two are over. Confined to one thread.
 */
public final class Progress {
    private static final long INTERVAL_NS = 2_000_000_000L;
    private static final long MEGABYTE = 1 << 20;

    private final Clock clock;
    private final Consumer<String> teller;
    private long totalBytes;
    private long passedBytes;
    private long toldNs;

    public Progress(Clock clock, Consumer<String> teller) {
        this.clock = clock;
        this.teller = teller;
        this.toldNs = clock.monotonicNs();
    }

    /** So much lies ahead. */
    void expect(long bytes) {
        totalBytes += bytes;
    }

    void passed(long bytes) {
        passedBytes += bytes;
        long nowNs = clock.monotonicNs();
        if (nowNs - toldNs >= INTERVAL_NS) {
            toldNs = nowNs;
            teller.accept(passedBytes / MEGABYTE + " of " + totalBytes / MEGABYTE + " MB");
        }
    }
}
