package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import java.io.IOException;

/** One stock producer at full speed, whose records go to all partitions of a topic. */
final class StockProduceTurn extends OneTopic {
    private final Contender broker;
    private final StockClient client;
    private final StockClient.Producing producing;

    StockProduceTurn(Contender broker, StockClient client, int partitions, StockClient.Producing producing)
            throws IOException, InterruptedException {
        super(broker, partitions);
        this.broker = broker;
        this.client = client;
        this.producing = producing;
    }

    @Override
    public LoadResult run(Limit limit) throws IOException {
        return client.produce(broker, topic(), producing, limit);
    }
}
