package io.barnabas.log;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica on its way to another log directory. Copies a piece at a time, until next to nothing is left; then it says
 * so and waits for {@link #finish}, or for {@link #goOn} when too much had come meanwhile. {@link #end} may be called by
 * any thread; otherwise one thread at a time is at work.
 */
public final class LogMove {
    private static final Logger LOG = LoggerFactory.getLogger(LogMove.class);
    private static final int PIECE_BYTES = 1 << 20;

    /** So much is copied under the partition's lock, in about a millisecond. */
    private static final int LAST_PIECE_BYTES = 256 << 10;

    private static final long RETRY_MS = 1_000;

    private final LogCopy copy;
    private final LogResources resources;
    private final Executor executor;
    private final LongUnaryOperator pauseMs;
    private final LongSupplier nowMs;
    private final Runnable almostDone;
    private boolean flushed;
    private volatile boolean ended;

    /**
     * @param pauseMs how long to wait after so many bytes
     * @param almostDone called whenever {@link #finish} may succeed
     */
    LogMove(
            LogCopy copy,
            LogResources resources,
            Executor executor,
            LongUnaryOperator pauseMs,
            LongSupplier nowMs,
            Runnable almostDone) {
        this.copy = copy;
        this.resources = resources;
        this.executor = executor;
        this.pauseMs = pauseMs;
        this.nowMs = nowMs;
        this.almostDone = almostDone;
    }

    PartitionLog from() {
        return copy.from();
    }

    PartitionLog to() {
        return copy.to();
    }

    /** Begins, or goes on. */
    public void goOn() {
        executor.execute(resources.reporting("moving " + from() + " to " + to().directory(), this::step));
    }

    void end() {
        ended = true;
    }

    private void step() {
        if (ended) {
            return;
        }
        try {
            int copied = copy.copy(PIECE_BYTES, nowMs.getAsLong());
            if (copied > LAST_PIECE_BYTES / 2) {
                goOnIn(pauseMs.applyAsLong(copied));
            } else if (!flushed) {
                // The bulk of it at once and here, where it may take its time.
                to().flush();
                flushed = true;
                goOn();
            } else {
                almostDone.run();
            }
        } catch (IOException failure) {
            failed(failure);
        }
    }

    /** A full disk may have room again; a directory that failed ends the move. */
    private void failed(IOException failure) {
        if (!ended) {
            LOG.warn("Moving {} to {} pauses: {}", from(), to().directory(), failure.toString());
            goOnIn(RETRY_MS);
        }
    }

    private void goOnIn(long delayMs) {
        if (delayMs <= 0) {
            goOn();
        } else {
            resources.timers().schedule(delayMs, this::goOn);
        }
    }

    /** The partition's lock is held: copies the rest; false when that is too much, and {@link #goOn} should be called. */
    boolean finish() throws IOException {
        if (ended || !copy.finish(LAST_PIECE_BYTES, nowMs.getAsLong())) {
            return false;
        }
        copy.complete();
        return true;
    }
}
