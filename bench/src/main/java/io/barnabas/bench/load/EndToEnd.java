package io.barnabas.bench.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One record at a time: a fetch that finds nothing and waits in the broker, then a produce; from the sending of the one
 * to the answer of the other. One thread.
 */
public final class EndToEnd {
    /** Enough for a fetch to reach the broker and wait there. */
    private static final long SETTLING_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final RawConnection writer;
    private final RawConnection reader;
    private final Topic topic;
    private final ProduceReplay records;
    private long endOffset;

    public EndToEnd(RawConnection writer, RawConnection reader, Topic topic, ProduceShape shape)
            throws IOException, InterruptedException {
        this.writer = writer;
        this.reader = reader;
        this.topic = topic;
        this.records = ProduceReplay.of(writer, topic, 0, shape);
    }

    public LoadResult run(Limit limit) throws IOException {
        Histogram latency = LoadResult.histogram();
        long begin = System.nanoTime();
        long requests = 0;
        long bytes = 0;
        while (System.nanoTime() - begin < limit.nanoseconds()) {
            reader.send(FetchReplay.question(reader, topic, endOffset));
            LockSupport.parkNanos(SETTLING_NS);
            var frame = records.next();
            long sentNs = System.nanoTime();
            writer.send(frame);
            reader.receiveHead();
            LoadResult.record(latency, System.nanoTime() - sentNs);
            endOffset = FetchReplay.readEndOffset(reader, endOffset);
            writer.receiveHead();
            bytes += records.take(writer);
            requests++;
        }
        return new LoadResult(requests, bytes, (System.nanoTime() - begin) / 1e9, latency);
    }
}
