package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Barnabas;
import io.barnabas.bench.broker.Contender;
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
import java.util.Map;

/** Producers that share one partition, each with one record of 1 KB under way and acks=all. */
final class SharedTurn extends OneTopic {
    private static final ProduceShape RECORD =
            new ProduceShape(1024, 0, (short) -1, false, Compression.NONE, Payload.LETTERS);

    private final List<Lane> lanes = new ArrayList<>();

    private SharedTurn(Contender broker, int producers, Map<String, String> settings)
            throws IOException, InterruptedException {
        super(broker, 1, settings);
        for (int i = 0; i < producers; i++) {
            lanes.add(lane(connection -> ProduceReplay.of(connection, topic(), 0, RECORD)));
        }
    }

    static SharedTurn plain(Contender broker, int producers) throws IOException, InterruptedException {
        return new SharedTurn(broker, producers, Map.of());
    }

    /** Kafka's way to wait for the disk is an fsync after each append. */
    static SharedTurn durable(Contender broker, int producers) throws IOException, InterruptedException {
        Map<String, String> settings = broker.name().equals(Barnabas.NAME)
                ? Map.of("barnabas.durable.acks", "true")
                : Map.of("flush.messages", "1");
        return new SharedTurn(broker, producers, settings);
    }

    @Override
    public LoadResult run(Limit limit) throws IOException, InterruptedException {
        return ClosedLoop.run(lanes, 1, limit);
    }
}
