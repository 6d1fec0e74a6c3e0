package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.PageCache;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.ColdReader;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.OpenLoop;
import io.barnabas.bench.load.Payload;
import io.barnabas.bench.load.ProduceReplay;
import io.barnabas.bench.load.ProduceShape;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.machine.Awake;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import io.barnabas.wire.record.Compression;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Whether somebody who reads old data from the disk disturbs a producer of another topic. Both are warmed up first, with
 * a topic of its own, so that nobody takes the old one for being in memory; no processor sleeps meanwhile.
 */
record ColdReads(long coldBytes) implements LifeScenario.Run {
    private static final double REQUESTS_PER_SECOND = 500;
    private static final double SECONDS = 8;
    private static final double WARM_UP_SECONDS = 4;
    private static final long WARM_BYTES = 200_000_000;
    private static final double WARM_UP_PER_SECOND = 5_000;
    private static final int IN_FLIGHT = 5;
    private static final ProduceShape RECORD =
            new ProduceShape(1024, 0, (short) -1, false, Compression.NONE, Payload.LETTERS);
    private static final ProduceShape BATCH =
            new ProduceShape(1024, 65_536, (short) -1, false, Compression.NONE, Payload.LETTERS);

    @Override
    public void run(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.BROKER);
        try (RawConnection writer = broker.connect();
                RawConnection producer = RawConnection.open(broker.address());
                RawConnection reader = RawConnection.open(broker.address())) {
            Topic old = filled(writer, "old", coldBytes);
            Topic warm = filled(writer, "warm", WARM_BYTES);
            Lane lane = new Lane(producer, ProduceReplay.of(producer, Topic.create(producer, "new", 1), 0, RECORD));
            Awake awake = Awake.all(Pins.processors());
            try {
                whileRead(reader, warm, lane, WARM_UP_PER_SECOND, WARM_UP_SECONDS);
                PageCache.forget(broker.directory());
                Histogram quiet =
                        OpenLoop.run(lane, REQUESTS_PER_SECOND, SECONDS).latency();
                sheet.add(Figure.QUIET_P99, quiet.getValueAtPercentile(99) / 1e6);
                sheet.add(Figure.QUIET_P999, quiet.getValueAtPercentile(99.9) / 1e6);
                Disturbed disturbed = whileRead(reader, old, lane, REQUESTS_PER_SECOND, SECONDS);
                tell(sheet, disturbed);
            } finally {
                awake.close();
            }
        }
    }

    private static Topic filled(RawConnection writer, String name, long bytes)
            throws IOException, InterruptedException {
        Topic topic = Topic.create(writer, name, 1);
        Lane filling = new Lane(writer, ProduceReplay.of(writer, topic, 0, BATCH));
        ClosedLoop.run(List.of(filling), IN_FLIGHT, new Limit(600, bytes));
        return topic;
    }

    private record Disturbed(LoadResult produced, double readMbPerSecond) {}

    private static Disturbed whileRead(
            RawConnection reader, Topic topic, Lane lane, double requestsPerSecond, double seconds)
            throws IOException, InterruptedException {
        ColdReader cold = new ColdReader(reader, topic);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Double> reading = thread.submit(cold);
            LoadResult result = OpenLoop.run(lane, requestsPerSecond, seconds);
            cold.stop();
            return new Disturbed(result, reading.get());
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } finally {
            thread.shutdown();
        }
    }

    private static void tell(Sheet sheet, Disturbed disturbed) {
        Histogram latency = disturbed.produced().latency();
        sheet.add(Figure.P99, latency.getValueAtPercentile(99) / 1e6);
        sheet.add(Figure.P999, latency.getValueAtPercentile(99.9) / 1e6);
        sheet.add(Figure.WORST, latency.getMaxValue() / 1e6);
        sheet.add(Figure.SENT_LATE, disturbed.produced().lateness().getValueAtPercentile(99.9) / 1e6);
        sheet.add(Figure.COLD_READ, disturbed.readMbPerSecond());
    }
}
