package io.barnabas.bench;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.PageCache;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.profile.Profiler;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Results;
import io.barnabas.bench.report.Sheet;
import io.barnabas.bench.scenario.LifeScenario;
import io.barnabas.bench.scenario.LoadScenario;
import io.barnabas.bench.scenario.MatrixScenario;
import io.barnabas.bench.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures: loads on contenders that are all up, in turns A B A B, so that whatever disturbs the machine disturbs each
 * of them, and each begins with nothing left to be written to the disk, also of a topic of the one before that it keeps for
 * a while after its deletion; lives one after the other. One thread.
 */
final class Bench {
    private static final Sheet NOBODY = (figure, value) -> {};

    /** A turn writes no more than fits the page cache well. */
    private static final long TURN_BYTES = 1_000_000_000;

    /** For what a turn writes, and for what it takes besides. */
    private static final long ROOM_BYTES = TURN_BYTES + TURN_BYTES / 2;

    /** Until the files of the last turn are deleted. */
    private static final long SETTLING_MS = 1_500;

    private static final double CELL_SECONDS = 1;
    private static final long SHORT_SETTLING_MS = 700;
    private static final long LOOK_MS = 100;
    private static final int MOST_LOOKS = 50;

    /** The share of a processor below which brokers are at rest. */
    private static final double REST = 0.2;

    private final Options options;
    private final List<Contender> contenders;
    private final Results results;
    private final Profiler profiler;

    /** @param profiler null where no profiles are wanted */
    Bench(Options options, List<Contender> contenders, Results results, Profiler profiler) {
        this.options = options;
        this.contenders = contenders;
        this.results = results;
        this.profiler = profiler;
    }

    void run(List<Scenario> scenarios) throws IOException, InterruptedException {
        List<Scenario> loads = scenarios.stream()
                .filter(scenario -> !(scenario instanceof LifeScenario))
                .toList();
        if (!loads.isEmpty()) {
            runLoads(loads);
        }
        try {
            for (Scenario scenario : scenarios) {
                if (scenario instanceof LifeScenario life) {
                    runLife(life);
                }
            }
        } finally {
            for (Contender contender : contenders) {
                contender.deleteSetAside();
            }
        }
    }

    private void runLoads(List<Scenario> loads) throws IOException, InterruptedException {
        try {
            for (Contender contender : contenders) {
                contender.prepare();
                contender.exec(Pins.BROKER);
                contender.connect().close();
            }
            int warmUps = 2 * options.warmUps();
            for (Scenario scenario : loads) {
                if (scenario instanceof LoadScenario load) {
                    runLoad(load, warmUps);
                    warmUps = options.warmUps();
                } else if (scenario instanceof MatrixScenario matrix) {
                    runMatrix(matrix);
                }
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

    /** The first load of all warms up for longer, for the brokers have just been started. */
    private void runLoad(LoadScenario load, int warmUps) throws IOException, InterruptedException {
        System.err.println(load.name());
        for (int turn = -warmUps; turn < options.pairs(); turn++) {
            for (Contender contender : contenders) {
                boolean counts = turn >= 0;
                Sheet sheet = counts ? results.sheet(load.name(), load.about(), contender.name()) : NOBODY;
                takeTurn(load, contender, sheet);
            }
        }
        if (profiler != null) {
            for (Contender contender : contenders) {
                profile(load, contender);
            }
        }
    }

    /** A turn more, after those that count. */
    private void profile(LoadScenario load, Contender contender) throws IOException, InterruptedException {
        try (LoadScenario.Turn turn = load.preparation().prepare(contender)) {
            profiler.record(load, contender, () -> turn.run(new Limit(seconds(load), TURN_BYTES)));
        }
        TimeUnit.MILLISECONDS.sleep(SETTLING_MS);
    }

    private void takeTurn(LoadScenario load, Contender contender, Sheet sheet)
            throws IOException, InterruptedException {
        try (LoadScenario.Turn turn = load.preparation().prepare(contender)) {
            clear(contender);
            double allocatedBefore = contender.allocatedBytes();
            ProcessFigures before = contender.figures();
            LoadResult result = measure(turn, contender, sheet, seconds(load));
            if (result.requests() == 0) {
                // A stock client; what was meant to be cold must have been.
                sheet.add(Figure.FROM_DISK, contender.figures().diskMbSince(before));
            }
            if (allocatedBefore >= 0 && result.requests() > 0) {
                double allocated = contender.allocatedBytes() - allocatedBefore;
                sheet.add(Figure.ALLOCATED_PER_REQUEST, allocated / result.requests());
            }
        }
        TimeUnit.MILLISECONDS.sleep(SETTLING_MS);
    }

    /** So that the turn to come waits neither for what others wrote nor for memory. */
    private static void clear(Contender contender) throws IOException, InterruptedException {
        PageCache.write(contender.directory());
        PageCache.makeRoom(contender.directory(), ROOM_BYTES);
    }

    private double seconds(LoadScenario load) {
        return options.smoke() ? options.seconds() : Math.max(options.seconds(), load.leastSeconds());
    }

    /** Cells are short, and warm up together: the first one, as often as a load of its own would. */
    private void runMatrix(MatrixScenario matrix) throws IOException, InterruptedException {
        System.err.println(matrix.name());
        for (int turn = 0; turn < options.warmUps(); turn++) {
            for (Contender contender : contenders) {
                takeTurn(matrix.cells().get(0), contender, NOBODY);
            }
        }
        for (LoadScenario cell : matrix.cells()) {
            for (int turn = 0; turn < options.pairs(); turn++) {
                for (Contender contender : contenders) {
                    takeShortTurn(
                            cell,
                            contender,
                            results.cell(matrix.name(), matrix.about(), cell.name(), contender.name()));
                }
            }
        }
    }

    private void takeShortTurn(LoadScenario cell, Contender contender, Sheet sheet)
            throws IOException, InterruptedException {
        try (LoadScenario.Turn turn = cell.preparation().prepare(contender)) {
            clear(contender);
            awaitRest();
            measure(turn, contender, sheet, Math.min(options.seconds(), CELL_SECONDS));
        }
        TimeUnit.MILLISECONDS.sleep(SHORT_SETTLING_MS);
    }

    /** What a broker still does for the last topic would be a large part of a short turn; one that never rests is not waited for. */
    private void awaitRest() throws IOException, InterruptedException {
        boolean rests = false;
        for (int i = 0; i < MOST_LOOKS && !rests; i++) {
            double before = cpuSecondsOfAll();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            rests = (cpuSecondsOfAll() - before) * 1_000 < LOOK_MS * REST;
        }
    }

    private double cpuSecondsOfAll() throws IOException {
        double seconds = 0;
        for (Contender contender : contenders) {
            seconds += contender.figures().cpuSeconds();
        }
        return seconds;
    }

    private static LoadResult measure(LoadScenario.Turn turn, Contender contender, Sheet sheet, double seconds)
            throws IOException, InterruptedException {
        ProcessFigures before = contender.figures();
        LoadResult result = turn.run(new Limit(seconds, TURN_BYTES));
        ProcessFigures after = contender.figures();
        tell(sheet, result, after.cpuSecondsSince(before), after.contextSwitchesSince(before));
        return result;
    }

    private static void tell(Sheet sheet, LoadResult result, double cpuSeconds, long switches) {
        double gigabytes = result.payloadBytes() / 1e9;
        if (result.payloadBytes() > 0) {
            sheet.add(Figure.THROUGHPUT, gigabytes * 1_000 / result.seconds());
            sheet.add(Figure.CPU_PER_GB, cpuSeconds / gigabytes);
        }
        if (result.requests() == 0) {
            return;
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
        if (result.lateness() != null) {
            sheet.add(Figure.SENT_LATE, result.lateness().getValueAtPercentile(99.9) / 1e6);
        }
    }

    private void runLife(LifeScenario life) throws IOException, InterruptedException {
        System.err.println(life.name());
        for (int turn = 0; turn < options.pairs(); turn++) {
            for (Contender contender : contenders) {
                live(life, contender, results.sheet(life.name(), life.about(), contender.name()));
            }
        }
        if (profiler != null) {
            for (Contender contender : contenders) {
                profiler.record(life, contender, () -> live(life, contender, NOBODY));
            }
        }
    }

    private static void live(LifeScenario life, Contender contender, Sheet sheet)
            throws IOException, InterruptedException {
        try {
            contender.prepare();
            life.run().run(contender, sheet);
        } finally {
            if (life.manyFiles()) {
                contender.setAside();
            } else {
                contender.close();
            }
        }
    }
}
