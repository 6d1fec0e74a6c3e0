package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
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
import java.util.concurrent.TimeUnit;

/** Starts, and what it costs to have many topics or partitions. */
final class Lives {
    private static final ProduceShape ONE_RECORD =
            new ProduceShape(1024, 0, (short) -1, false, Compression.NONE, Payload.LETTERS);
    private static final int TOPICS = 1_000;
    private static final int PARTITIONS = 5_000;
    private static final long REST_SECONDS = 5;

    private Lives() {}

    static void start(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        broker.exec(Pins.NONE);
        try (RawConnection connection = broker.connect()) {
            Topic topic = Topic.await(connection, "first", 1);
            Lane lane = new Lane(connection, ProduceReplay.of(connection, topic, 0, ONE_RECORD));
            ClosedLoop.run(List.of(lane), 1, new Limit(60, 1));
        }
        sheet.add(Figure.START, millisSince(begin));
        sheet.add(Figure.START_CPU, broker.figures().cpuSeconds());
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        sheet.add(Figure.RESIDENT, broker.figures().residentMb());
    }

    static void thousandTopics(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.BROKER);
        try (RawConnection connection = broker.connect()) {
            Topic.create(connection, "first", 1);
            ProcessFigures before = broker.figures();
            long begin = System.nanoTime();
            for (int i = 0; i < TOPICS; i++) {
                Topic.create(connection, "topic-" + i, 1);
            }
            sheet.add(Figure.DURATION, millisSince(begin));
            sheet.add(Figure.CPU_SECONDS, broker.figures().cpuSecondsSince(before));
        }
    }

    static void manyPartitions(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.BROKER);
        try (RawConnection connection = broker.connect()) {
            Topic.create(connection, "many", PARTITIONS);
        }
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        sheet.add(Figure.RESIDENT, broker.figures().residentMb());
        broker.stop();
        long begin = System.nanoTime();
        broker.exec(Pins.BROKER);
        try (RawConnection connection = broker.connect()) {
            Topic.await(connection, "many", PARTITIONS);
        }
        sheet.add(Figure.RESTART, millisSince(begin));
        sheet.add(Figure.RESTART_CPU, broker.figures().cpuSeconds());
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
