package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.FetchReplay;
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

/** Readers, each on a connection and a partition of its own, of records that were written just before. */
final class FetchTurn extends OneTopic {
    private static final int IN_FLIGHT = 2;
    private static final long WRITTEN_BYTES = 200_000_000;
    private static final Limit NO_TIME_LIMIT = new Limit(600, WRITTEN_BYTES);
    private static final ProduceShape WRITTEN =
            new ProduceShape(1024, 65_536, (short) -1, false, Compression.NONE, Payload.LETTERS);

    private final List<Lane> lanes = new ArrayList<>();

    FetchTurn(Contender broker, int connections, int partBytes) throws IOException, InterruptedException {
        super(broker, connections);
        List<Lane> writers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int partition = i;
            writers.add(lane(connection -> ProduceReplay.of(connection, topic(), partition, WRITTEN)));
        }
        ClosedLoop.run(writers, IN_FLIGHT, NO_TIME_LIMIT);
        for (int i = 0; i < connections; i++) {
            int partition = i;
            lanes.add(lane(connection -> FetchReplay.of(connection, topic(), partition, partBytes)));
        }
    }

    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        return ClosedLoop.run(lanes, IN_FLIGHT, new Limit(limit.seconds(), Long.MAX_VALUE));
    }
}
