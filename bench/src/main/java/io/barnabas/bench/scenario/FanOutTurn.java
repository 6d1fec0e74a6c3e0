package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.ClosedLoop;
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

/** A producer, and readers at the end of its partition, each of whom gets everything. */
final class FanOutTurn extends OneTopic {
    private static final double BATCHES_PER_SECOND = 1_000;
    private static final int IN_FLIGHT = 5;
    private static final int RECORD_BYTES = 1_024;

    private final List<TailReader> readers = new ArrayList<>();
    private final Lane writer;
    private final Writing writing;

    /** How fast the producer goes. */
    @FunctionalInterface
    private interface Writing {
        LoadResult write(Lane lane, Limit limit) throws IOException, InterruptedException;
    }

    private FanOutTurn(Contender broker, int readers, int batchBytes, Writing writing)
            throws IOException, InterruptedException {
        super(broker, 1);
        ProduceShape batch =
                new ProduceShape(RECORD_BYTES, batchBytes, (short) -1, false, Compression.NONE, Payload.LETTERS);
        this.writer = lane(connection -> ProduceReplay.of(connection, topic(), 0, batch));
        this.writing = writing;
        for (int i = 0; i < readers; i++) {
            this.readers.add(new TailReader(connect(), topic()));
        }
    }

    static FanOutTurn atFixedRate(Contender broker, int readers) throws IOException, InterruptedException {
        return new FanOutTurn(
                broker, readers, 16_384, (lane, limit) -> OpenLoop.run(lane, BATCHES_PER_SECOND, limit.seconds()));
    }

    static FanOutTurn atFullSpeed(Contender broker, int readers) throws IOException, InterruptedException {
        return new FanOutTurn(
                broker, readers, 65_536, (lane, limit) -> ClosedLoop.run(List.of(lane), IN_FLIGHT, limit));
    }

    /** Ends when all have read all. */
    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(readers.size());
        long records = 0;
        try {
            List<Future<Integer>> reading = new ArrayList<>();
            readers.forEach(reader -> reading.add(threads.submit(reader)));
            LoadResult written = writing.write(writer, limit);
            records = written.payloadBytes() / RECORD_BYTES;
            tellReaders(records);
            for (Future<Integer> reader : reading) {
                reader.get();
            }
            return written;
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } finally {
            // Where the producer failed, nothing more will come.
            tellReaders(records);
            threads.shutdown();
        }
    }

    private void tellReaders(long records) {
        readers.forEach(reader -> reader.stopAt(records));
    }
}
