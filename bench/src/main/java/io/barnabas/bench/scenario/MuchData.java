package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.load.ClosedLoop;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.Payload;
import io.barnabas.bench.load.ProduceReplay;
import io.barnabas.bench.load.ProduceShape;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import io.barnabas.wire.record.Compression;
import java.io.IOException;
import java.util.List;

/** Ends of brokers that have been written to, and the starts after them. */
final class MuchData {
    private static final String TOPIC = "data";
    private static final int PARTITIONS = 10;
    private static final int MANY_PARTITIONS = 1_000;
    private static final long FEW_BYTES = 200_000_000;
    private static final int IN_FLIGHT = 5;
    private static final ProduceShape BATCH =
            new ProduceShape(1024, 65_536, (short) -1, true, Compression.NONE, Payload.LETTERS);

    private MuchData() {}

    /** From exec until all partitions are served, after kill -9. */
    static LifeScenario.Run killed(long bytes) {
        return (broker, sheet) -> {
            broker.exec(Pins.BROKER);
            fill(broker, PARTITIONS, bytes);
            broker.crash();
            long begin = System.nanoTime();
            broker.exec(Pins.BROKER);
            try (RawConnection connection = broker.connect()) {
                Topic.await(connection, TOPIC, PARTITIONS);
            }
            sheet.add(Figure.CRASHED_RESTART, millisSince(begin));
            sheet.add(Figure.RESTART_CPU, broker.figures().cpuSeconds());
        };
    }

    static void stop(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.BROKER);
        fill(broker, MANY_PARTITIONS, FEW_BYTES);
        long begin = System.nanoTime();
        broker.stop();
        sheet.add(Figure.STOP, millisSince(begin));
    }

    /** Not all partitions of many get records. */
    private static void fill(Contender broker, int partitions, long bytes) throws IOException, InterruptedException {
        try (RawConnection connection = broker.connect()) {
            Topic topic = Topic.create(connection, TOPIC, partitions);
            for (int i = 0; i < PARTITIONS; i++) {
                Lane lane = new Lane(connection, ProduceReplay.of(connection, topic, i, BATCH));
                ClosedLoop.run(List.of(lane), IN_FLIGHT, new Limit(600, bytes / PARTITIONS));
            }
        }
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
