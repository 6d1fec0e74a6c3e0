package io.barnabas.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Whether the benchmarks run, not how fast anything is. */
class BenchmarksTest {
    private static final TimeValue MOMENT = TimeValue.milliseconds(5);

    @Test
    void runsEachForAMoment() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io.barnabas.bench.jmh")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(MOMENT)
                        .param("records", "1")
                        .param("codec", "NONE")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results)
                .hasSize(7)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
