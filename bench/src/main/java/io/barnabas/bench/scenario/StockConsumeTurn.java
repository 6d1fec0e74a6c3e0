package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.PageCache;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.Payload;
import io.barnabas.bench.load.ProduceReplay;
import io.barnabas.bench.load.ProduceShape;
import io.barnabas.wire.record.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A stock consumer reads a topic from its start, which is as long however little time a turn is given. */
final class StockConsumeTurn extends OneTopic {
    static final int PARTITIONS = 6;
    static final long WRITTEN_BYTES = 480_000_000;

    private static final int IN_FLIGHT = 5;
    private static final Limit NO_TIME_LIMIT = new Limit(600, WRITTEN_BYTES);
    private static final ProduceShape WRITTEN =
            new ProduceShape(1024, 16_384, (short) -1, false, Compression.NONE, Payload.LETTERS);

    private final Contender broker;
    private final StockClient client;
    private final long bytes;

    private StockConsumeTurn(Contender broker, StockClient client) throws IOException, InterruptedException {
        super(broker, PARTITIONS);
        this.broker = broker;
        this.client = client;
        List<Lane> writers = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            int partition = i;
            writers.add(lane(connection -> ProduceReplay.of(connection, topic(), partition, WRITTEN)));
        }
        this.bytes = ClosedLoop.run(writers, IN_FLIGHT, NO_TIME_LIMIT).payloadBytes();
    }

    static StockConsumeTurn hot(Contender broker, StockClient client) throws IOException, InterruptedException {
        return new StockConsumeTurn(broker, client);
    }

    /** The system has forgotten what was written, so that it comes from the disk. */
    static StockConsumeTurn cold(Contender broker, StockClient client) throws IOException, InterruptedException {
        StockConsumeTurn turn = new StockConsumeTurn(broker, client);
        for (int i = 0; i < PARTITIONS; i++) {
            PageCache.forget(broker.directory().resolve("logs/" + turn.topic().name() + "-" + i));
        }
        return turn;
    }

    @Override
    public LoadResult run(Limit limit) throws IOException {
        return client.consume(broker, topic(), PARTITIONS, bytes);
    }
}
