package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.ProduceReplay;
import io.barnabas.bench.load.ProduceShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Producers, each on a connection and a partition of its own, with five requests under way as the stock producer has. */
final class ProduceTurn extends OneTopic {
    private static final int IN_FLIGHT = 5;

    private final List<Lane> lanes = new ArrayList<>();

    ProduceTurn(Contender broker, int connections, ProduceShape shape) throws IOException, InterruptedException {
        super(broker, connections);
        for (int i = 0; i < connections; i++) {
            int partition = i;
            lanes.add(lane(connection -> ProduceReplay.of(connection, topic(), partition, shape)));
        }
    }

    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        return ClosedLoop.run(lanes, IN_FLIGHT, limit);
    }
}
