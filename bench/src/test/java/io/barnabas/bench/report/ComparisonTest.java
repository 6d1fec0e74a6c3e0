package io.barnabas.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run beside an earlier one: the ratios of processor time, and how far apart they are. */
class ComparisonTest {
    private final Results earlier = new Results("ours", List.of("ours", "other"));
    private final Results now = new Results("ours", List.of("ours", "other"));

    private static void add(Results results, String scenario, Figure figure, double ours, double other) {
        results.sheet(scenario, "a load", "ours").add(figure, ours);
        results.sheet(scenario, "a load", "other").add(figure, other);
    }

    private String table() throws IOException {
        String json = JsonReport.of(earlier, Map.of("date", "yesterday", "command", "bench --pairs 3"));
        return Comparison.with(json).table(now);
    }

    @Test
    void showsBothRatiosAndHowFarApartTheyAre() throws IOException {
        add(earlier, "load", Figure.CPU_PER_GB, 1, 2);
        add(now, "load", Figure.CPU_PER_GB, 1.1, 2);
        assertThat(table())
                .contains("Of yesterday, by `bench --pairs 3`.")
                .contains("| load: broker CPU-s per GB | 0.50 | 0.55 | +10 % |")
                .contains("1 of 1 are within 15 %; 0 were measured now only, 0 earlier only.");
    }

    @Test
    void marksWhatIsMoreThanFifteenPercentApartInEitherDirection() throws IOException {
        add(earlier, "more", Figure.CPU_PER_REQUEST, 10, 20);
        add(now, "more", Figure.CPU_PER_REQUEST, 12, 20);
        add(earlier, "less", Figure.START_CPU, 10, 20);
        add(now, "less", Figure.START_CPU, 8, 20);
        assertThat(table())
                .contains("| more: broker CPU per request, us | 0.50 | 0.60 | **+20 %** |")
                .contains("| less: broker CPU-s until then | 0.50 | 0.40 | **-20 %** |")
                .contains("0 of 2 are within 15 %");
    }

    @Test
    void leavesOutWhatIsNotProcessorTimeAndTellsWhatOnlyOneRunHas() throws IOException {
        add(earlier, "load", Figure.P99, 1, 2);
        add(now, "load", Figure.P99, 4, 2);
        add(earlier, "gone", Figure.CPU_SECONDS, 1, 2);
        add(now, "new", Figure.CPU_SECONDS, 1, 2);
        add(now, "newer", Figure.CPU_SECONDS, 1, 2);
        assertThat(table())
                .doesNotContain("latency")
                .contains("0 of 0 are within 15 %; 2 were measured now only, 1 earlier only.");
    }

    @Test
    void leavesOutWhatHadNobodyBesideIt() throws IOException {
        earlier.sheet("load", "a load", "ours").add(Figure.CPU_PER_GB, 1);
        now.sheet("load", "a load", "ours").add(Figure.CPU_PER_GB, 1);
        assertThat(table()).contains("0 of 0 are within");
    }
}
