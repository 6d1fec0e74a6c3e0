package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.EndToEnd;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.ProduceShape;
import java.io.IOException;

/** One record at a time, from its producer to a reader that waits for it in the broker. */
final class EndToEndTurn extends OneTopic {
    private final EndToEnd loop;

    EndToEndTurn(Contender broker, ProduceShape shape) throws IOException, InterruptedException {
        super(broker, 1);
        this.loop = new EndToEnd(connect(), connect(), topic(), shape);
    }

    @Override
    public LoadResult run(Limit limit) throws IOException {
        return loop.run(limit);
    }
}
