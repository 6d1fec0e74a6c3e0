package io.barnabas.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * Keeps so many requests of each connection under way, as fast as the broker answers; one thread a connection. Nothing
 * is under way before it begins and after it has ended, so that whatever the broker used in between was for this.
 */
public final class ClosedLoop {
    private final List<Lane> lanes;
    private final int inFlight;
    private final Limit limit;
    private final AtomicBoolean failed = new AtomicBoolean();

    private ClosedLoop(List<Lane> lanes, int inFlight, Limit limit) {
        this.lanes = lanes;
        this.inFlight = inFlight;
        this.limit = limit;
    }

    public static LoadResult run(List<Lane> lanes, int inFlight, Limit limit) throws IOException, InterruptedException {
        return new ClosedLoop(lanes, inFlight, limit).run();
    }

    /** What one connection did. */
    private record Share(long requests, long bytes, Histogram latency) {}

    private LoadResult run() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        long begin = System.nanoTime();
        try {
            List<Future<Share>> shares = new ArrayList<>();
            for (Lane lane : lanes) {
                shares.add(threads.submit(() -> drive(lane, begin)));
            }
            return sum(shares, begin);
        } finally {
            threads.shutdown();
        }
    }

    private static LoadResult sum(List<Future<Share>> shares, long begin) throws IOException, InterruptedException {
        long requests = 0;
        long bytes = 0;
        Histogram latency = LoadResult.histogram();
        for (Future<Share> future : shares) {
            try {
                Share share = future.get();
                requests += share.requests();
                bytes += share.bytes();
                latency.add(share.latency());
            } catch (ExecutionException failure) {
                throw new IOException(failure.getCause());
            }
        }
        return new LoadResult(requests, bytes, (System.nanoTime() - begin) / 1e9, latency);
    }

    private Share drive(Lane lane, long begin) throws IOException {
        RawConnection connection = lane.connection();
        Histogram latency = LoadResult.histogram();
        long[] sentNs = new long[inFlight];
        long bytesAllowed = limit.payloadBytes() / lanes.size();
        long bytes = 0;
        int sent = 0;
        int answered = 0;
        try {
            while (true) {
                while (sent - answered < inFlight && bytes < bytesAllowed && goesOn(begin)) {
                    var frame = lane.replay().next();
                    Frames.number(frame, sent);
                    sentNs[sent++ % inFlight] = System.nanoTime();
                    connection.send(frame);
                }
                if (sent == answered) {
                    return new Share(answered, bytes, latency);
                }
                if (connection.receiveHead() != answered) {
                    throw new IOException("answers out of order");
                }
                bytes += lane.replay().take(connection);
                LoadResult.record(latency, System.nanoTime() - sentNs[answered++ % inFlight]);
            }
        } catch (IOException | RuntimeException failure) {
            failed.set(true);
            throw failure;
        }
    }

    private boolean goesOn(long begin) {
        return !failed.get() && System.nanoTime() - begin < limit.nanoseconds();
    }
}
