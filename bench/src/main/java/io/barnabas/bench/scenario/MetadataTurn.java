package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.MetadataReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that ask about one topic, each one request after the other. */
final class MetadataTurn extends OneTopic {
    private final List<Lane> lanes = new ArrayList<>();

    MetadataTurn(Contender broker, int connections) throws IOException, InterruptedException {
        super(broker, 1);
        for (int i = 0; i < connections; i++) {
            lanes.add(lane(connection -> new MetadataReplay(connection, topic())));
        }
    }

    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        return ClosedLoop.run(lanes, 1, limit);
    }
}
