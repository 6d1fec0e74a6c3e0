package io.barnabas.bench;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Results;
import io.barnabas.bench.report.Sheet;
import io.barnabas.bench.scenario.LifeScenario;
import io.barnabas.bench.scenario.LoadScenario;
import io.barnabas.bench.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures: loads on contenders that are all up, in turns A B A B, so that whatever disturbs the machine disturbs each
 * of them; lives one after the other. One thread.
 */
final class Bench {
    private static final Sheet NOBODY = (figure, value) -> {};

    /** A turn writes no more than fits the page cache well. */
    private static final long TURN_BYTES = 1_000_000_000;

    /** Until the files of the last turn are deleted. */
    private static final long SETTLING_MS = 1_500;

    private final Options options;
    private final List<Contender> contenders;
    private final Results results;

    Bench(Options options, List<Contender> contenders, Results results) {
        this.options = options;
        this.contenders = contenders;
        this.results = results;
    }

    void run(List<Scenario> scenarios) throws IOException, InterruptedException {
        List<LoadScenario> loads = scenarios.stream()
                .filter(LoadScenario.class::isInstance)
                .map(LoadScenario.class::cast)
                .toList();
        if (!loads.isEmpty()) {
            runLoads(loads);
        }
        for (Scenario scenario : scenarios) {
            if (scenario instanceof LifeScenario life) {
                runLife(life);
            }
        }
    }

    private void runLoads(List<LoadScenario> loads) throws IOException, InterruptedException {
        try {
            for (Contender contender : contenders) {
                contender.prepare();
                contender.exec(Pins.BROKER);
                contender.connect().close();
            }
            for (LoadScenario load : loads) {
                runLoad(load);
            }
            for (Contender contender : contenders) {
                results.sheet("memory", "after all loads above", contender.name())
                        .add(Figure.PEAK, contender.figures().peakMb());
            }
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private void runLoad(LoadScenario load) throws IOException, InterruptedException {
        System.err.println(load.name());
        for (int turn = -options.warmUps(); turn < options.pairs(); turn++) {
            for (Contender contender : contenders) {
                boolean counts = turn >= 0;
                Sheet sheet = counts ? results.sheet(load.name(), load.about(), contender.name()) : NOBODY;
                takeTurn(load, contender, sheet);
            }
        }
    }

    private void takeTurn(LoadScenario load, Contender contender, Sheet sheet)
            throws IOException, InterruptedException {
        try (LoadScenario.Turn turn = load.preparation().prepare(contender)) {
            double allocatedBefore = contender.allocatedBytes();
            ProcessFigures before = contender.figures();
            LoadResult result = turn.run(new Limit(options.seconds(), TURN_BYTES));
            ProcessFigures after = contender.figures();
            tell(sheet, result, after.cpuSecondsSince(before), after.contextSwitchesSince(before));
            if (allocatedBefore >= 0) {
                double allocated = contender.allocatedBytes() - allocatedBefore;
                sheet.add(Figure.ALLOCATED_PER_REQUEST, allocated / result.requests());
            }
        }
        TimeUnit.MILLISECONDS.sleep(SETTLING_MS);
    }

    private static void tell(Sheet sheet, LoadResult result, double cpuSeconds, long switches) {
        double gigabytes = result.payloadBytes() / 1e9;
        if (result.payloadBytes() > 0) {
            sheet.add(Figure.THROUGHPUT, gigabytes * 1_000 / result.seconds());
            sheet.add(Figure.CPU_PER_GB, cpuSeconds / gigabytes);
        }
        sheet.add(Figure.REQUESTS, result.requests() / result.seconds());
        sheet.add(Figure.CPU_PER_REQUEST, cpuSeconds * 1e6 / result.requests());
        sheet.add(Figure.SWITCHES_PER_REQUEST, (double) switches / result.requests());
        Histogram latency = result.latency();
        sheet.add(Figure.P50, latency.getValueAtPercentile(50) / 1e6);
        sheet.add(Figure.P95, latency.getValueAtPercentile(95) / 1e6);
        sheet.add(Figure.P99, latency.getValueAtPercentile(99) / 1e6);
        sheet.add(Figure.P999, latency.getValueAtPercentile(99.9) / 1e6);
        sheet.add(Figure.WORST, latency.getMaxValue() / 1e6);
    }

    private void runLife(LifeScenario life) throws IOException, InterruptedException {
        System.err.println(life.name());
        for (int turn = 0; turn < options.pairs(); turn++) {
            for (Contender contender : contenders) {
                try {
                    contender.prepare();
                    life.run().run(contender, results.sheet(life.name(), life.about(), contender.name()));
                } finally {
                    contender.close();
                }
            }
        }
    }
}
