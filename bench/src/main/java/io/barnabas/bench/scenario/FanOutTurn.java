package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.OpenLoop;
import io.barnabas.bench.load.Payload;
import io.barnabas.bench.load.ProduceReplay;
import io.barnabas.bench.load.ProduceShape;
import io.barnabas.bench.load.TailReader;
import io.barnabas.wire.record.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A producer at a fixed rate, and readers at the end of its partition, each of whom gets everything. */
final class FanOutTurn extends OneTopic {
    private static final double BATCHES_PER_SECOND = 1_000;
    private static final ProduceShape BATCH =
            new ProduceShape(1024, 16_384, (short) -1, false, Compression.NONE, Payload.LETTERS);

    private final List<TailReader> readers = new ArrayList<>();
    private final Lane writer;

    FanOutTurn(Contender broker, int readers) throws IOException, InterruptedException {
        super(broker, 1);
        writer = lane(connection -> ProduceReplay.of(connection, topic(), 0, BATCH));
        for (int i = 0; i < readers; i++) {
            this.readers.add(new TailReader(connect(), topic()));
        }
    }

    /** Ends when all have read all. */
    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(readers.size());
        try {
            List<Future<Integer>> reading = new ArrayList<>();
            readers.forEach(reader -> reading.add(threads.submit(reader)));
            LoadResult written = OpenLoop.run(writer, BATCHES_PER_SECOND, limit.seconds());
            long records = written.payloadBytes() / BATCH.recordBytes();
            readers.forEach(reader -> reader.stopAt(records));
            for (Future<Integer> reader : reading) {
                reader.get();
            }
            return written;
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } finally {
            threads.shutdown();
        }
    }
}
