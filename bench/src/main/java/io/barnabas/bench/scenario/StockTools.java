package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import java.io.IOException;
import java.util.List;

/** The perf tools of Apache Kafka 4.3.1 as they are; here the client is the limit. */
final class StockTools {
    private static final int PARTITIONS = 6;
    private static final int RECORD_BYTES = 1_000;
    private static final int RECORDS = 1_000_000;
    private static final int WARM_UP_RECORDS = 200_000;

    private final PerfTools tools;

    StockTools(ReleasedTools tools) {
        this.tools = new PerfTools(tools);
    }

    void run(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.NONE);
        try (RawConnection connection = broker.connect()) {
            Topic.create(connection, "warm", PARTITIONS);
            Topic.create(connection, "perf", PARTITIONS);
        }
        tools.produce(broker, "warm", WARM_UP_RECORDS, RECORD_BYTES, List.of());
        tools.consume(broker, "warm", WARM_UP_RECORDS, List.of());
        double gigabytes = (double) RECORDS * RECORD_BYTES / 1e9;

        ProcessFigures before = broker.figures();
        sheet.add(Figure.PRODUCED, tools.produce(broker, "perf", RECORDS, RECORD_BYTES, List.of()));
        ProcessFigures between = broker.figures();
        sheet.add(Figure.PRODUCED_CPU, between.cpuSecondsSince(before) / gigabytes);
        PerfTools.Consumed consumed = tools.consume(broker, "perf", RECORDS, List.of());
        ProcessFigures after = broker.figures();
        sheet.add(Figure.CONSUMED, consumed.perSecond());
        sheet.add(Figure.CONSUMED_JOINING, consumed.joiningMs());
        sheet.add(Figure.CONSUMED_FETCHING, consumed.perSecondSinceJoined());
        sheet.add(Figure.CONSUMED_CPU, after.cpuSecondsSince(between) / gigabytes);
        sheet.add(Figure.PEAK, after.peakMb());
    }
}
