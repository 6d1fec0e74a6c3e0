package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.MetadataReplay;
import java.io.IOException;
import java.util.List;

/** One client that asks about one topic, one request after the other. */
final class MetadataTurn extends OneTopic {
    private final Lane lane;

    MetadataTurn(Contender broker) throws IOException, InterruptedException {
        super(broker, 1);
        this.lane = lane(connection -> new MetadataReplay(connection, topic()));
    }

    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        return ClosedLoop.run(List.of(lane), 1, limit);
    }
}
