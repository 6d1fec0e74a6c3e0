package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.OpenLoop;
import io.barnabas.bench.load.ProduceReplay;
import io.barnabas.bench.load.ProduceShape;
import io.barnabas.bench.machine.Awake;
import java.io.IOException;

/** A producer that sends at a fixed rate, whatever the broker does; no processor sleeps meanwhile. */
final class RateTurn extends OneTopic {
    private final Lane lane;
    private final double requestsPerSecond;

    RateTurn(Contender broker, double requestsPerSecond, ProduceShape shape) throws IOException, InterruptedException {
        super(broker, 1);
        this.requestsPerSecond = requestsPerSecond;
        this.lane = lane(connection -> ProduceReplay.of(connection, topic(), 0, shape));
    }

    @Override
    public LoadResult run(Limit limit) throws IOException {
        Awake awake = Awake.all(Pins.processors());
        try {
            return OpenLoop.run(lane, requestsPerSecond, limit.seconds());
        } finally {
            awake.close();
        }
    }
}
