package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
import io.barnabas.bench.load.Crowd;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What connections cost a broker while nobody says anything, and what a request costs when each comes on another one. */
record ManyConnections(int connections) implements LifeScenario.Run {
    private static final long REST_SECONDS = 5;
    private static final Limit REQUESTS = new Limit(3, Long.MAX_VALUE);

    @Override
    public void run(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.BROKER);
        try (RawConnection first = broker.connect()) {
            Topic topic = Topic.create(first, "crowd", 1);
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            ProcessFigures alone = broker.figures();
            try (Crowd crowd = Crowd.open(broker.address(), connections, topic)) {
                TimeUnit.SECONDS.sleep(REST_SECONDS);
                ProcessFigures idle = broker.figures();
                sheet.add(Figure.MEMORY_PER_CONNECTION, (idle.residentMb() - alone.residentMb()) * 1_024 / connections);
                TimeUnit.SECONDS.sleep(REST_SECONDS);
                ProcessFigures rested = broker.figures();
                sheet.add(Figure.IDLE_CPU, rested.cpuSecondsSince(idle) * 1_000 / REST_SECONDS);
                crowd.ask(REQUESTS); // Until the code for it is compiled.
                ProcessFigures before = broker.figures();
                LoadResult result = crowd.ask(REQUESTS);
                double cpuSeconds = broker.figures().cpuSecondsSince(before);
                sheet.add(Figure.CPU_PER_REQUEST, cpuSeconds * 1e6 / result.requests());
                sheet.add(Figure.P50, result.latency().getValueAtPercentile(50) / 1e6);
                sheet.add(Figure.P99, result.latency().getValueAtPercentile(99) / 1e6);
                sheet.add(Figure.RESIDENT, broker.figures().residentMb());
            }
        }
    }
}
