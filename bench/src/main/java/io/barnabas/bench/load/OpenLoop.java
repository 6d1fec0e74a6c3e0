package io.barnabas.bench.load;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends at a fixed rate whatever the broker does. Each request has a time at which it is due, and its latency counts
 * from then on: a broker that stalls is charged with all the requests that had to wait for it. What the sender itself is
 * late is part of that, and told apart. One thread sends, the caller receives.
 */
public final class OpenLoop {
    private final Lane lane;
    private final long gapNs;
    private final int requests;
    /** Written by the sender, read once that has ended. */
    private final Histogram lateness = LoadResult.histogram();

    private final long begin = System.nanoTime();

    private OpenLoop(Lane lane, double requestsPerSecond, double seconds) {
        this.lane = lane;
        this.gapNs = (long) (1e9 / requestsPerSecond);
        this.requests = (int) (requestsPerSecond * seconds);
    }

    public static LoadResult run(Lane lane, double requestsPerSecond, double seconds) throws IOException {
        return new OpenLoop(lane, requestsPerSecond, seconds).run();
    }

    private LoadResult run() throws IOException {
        CompletableFuture<Void> sending = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                send();
                sending.complete(null);
            } catch (IOException | RuntimeException failure) {
                sending.completeExceptionally(failure);
                closeQuietly();
            }
        });
        sender.start();
        Histogram latency = LoadResult.histogram();
        long bytes = 0;
        for (int i = 0; i < requests; i++) {
            if (lane.connection().receiveHead() != i) {
                throw new IOException("answers out of order");
            }
            bytes += lane.replay().take(lane.connection());
            LoadResult.record(latency, System.nanoTime() - dueNs(i));
        }
        try {
            sending.join();
        } catch (CompletionException failure) {
            throw new IOException(failure.getCause());
        }
        return new LoadResult(requests, bytes, (System.nanoTime() - begin) / 1e9, latency, lateness);
    }

    private long dueNs(int request) {
        return begin + request * gapNs;
    }

    private void send() throws IOException {
        TimerSlack.none();
        for (int i = 0; i < requests; i++) {
            for (long wait = dueNs(i) - System.nanoTime(); wait > 0; wait = dueNs(i) - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            var frame = lane.replay().next();
            Frames.number(frame, i);
            LoadResult.record(lateness, System.nanoTime() - dueNs(i));
            lane.connection().send(frame);
        }
    }

    /** So that the receiver does not wait for answers to what was never sent. */
    private void closeQuietly() {
        try {
            lane.connection().close();
        } catch (IOException alreadyFailing) {
            // The first failure is told.
        }
    }
}
