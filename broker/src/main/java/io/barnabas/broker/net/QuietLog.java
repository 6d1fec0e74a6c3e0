package io.barnabas.broker.net;

import io.barnabas.runtime.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Warnings that strangers can cause, at most a few a second; what was left out is counted in the next line. Any thread
 * may call.
 */
final class QuietLog {
    private static final long WINDOW_NS = 1_000_000_000;
    private static final int LINES_A_WINDOW = 5;

    private final Logger log;
    private final Clock clock;
    private final AtomicLong leftOut = new AtomicLong();
    private long windowStartNs;
    private int linesInWindow;

    QuietLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.windowStartNs = clock.monotonicNs();
    }

    void warn(String text) {
        if (!mayWrite()) {
            leftOut.incrementAndGet();
            return;
        }
        long unsaid = leftOut.getAndSet(0);
        if (unsaid == 0) {
            log.warn("{}", text);
        } else {
            log.warn("{} ({} more such lines were left out)", text, unsaid);
        }
    }

    private synchronized boolean mayWrite() {
        long now = clock.monotonicNs();
        if (now - windowStartNs >= WINDOW_NS) {
            windowStartNs = now;
            linesInWindow = 0;
        }
        return ++linesInWindow <= LINES_A_WINDOW;
    }
}
