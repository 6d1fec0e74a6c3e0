package io.barnabas.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Medians, spreads and ratios, as they are told. */
class ReportTest {
    private final Results results = new Results("ours", List.of("ours", "one", "other"));

    private void add(String contender, Figure figure, double... values) {
        for (double value : values) {
            results.sheet("load", "a load", contender).add(figure, value);
        }
    }

    @Test
    void comparesWithTheBetterOfTheOthers() {
        add("ours", Figure.CPU_PER_GB, 1, 5, 2);
        add("one", Figure.CPU_PER_GB, 8);
        add("other", Figure.CPU_PER_GB, 4, 4);
        add("ours", Figure.THROUGHPUT, 300);
        add("one", Figure.THROUGHPUT, 100);
        add("other", Figure.THROUGHPUT, 200);

        assertThat(MarkdownReport.of(results, Map.of("date", "today")))
                .contains("- date: today")
                .contains("| broker CPU-s per GB | 2.00 (1.00-5.00) | 8.00 (8.00-8.00) | 4.00 (4.00-4.00) | 0.50 |")
                .contains("| MB/s | 300 (300-300) | 100 (100-100) | 200 (200-200) | 1.50 |");
    }

    @Test
    void tellsNoRatioWhereNobodyElseWasMeasured() {
        add("ours", Figure.PEAK, 70);
        assertThat(MarkdownReport.of(results, Map.of()))
                .contains("| resident memory at its peak, MB | 70.0 (70.0-70.0) |  |  |  |");
    }

    @Test
    void tellsNoRatioToNothing() throws IOException {
        add("ours", Figure.FROM_DISK, 0);
        add("one", Figure.FROM_DISK, 0);
        assertThat(JsonReport.of(results, Map.of())).doesNotContain("ratio");
    }

    @Test
    void keepsEverySingleValueInJson() throws IOException {
        add("ours", Figure.P99, 0.25, 0.5);
        add("one", Figure.P99, 1.5);
        assertThat(JsonReport.of(results, Map.of("date", "today")).replaceAll("\\s", ""))
                .contains("\"ours\":[0.25,0.5]", "\"one\":[1.5]", "\"ratio\":0.25", "\"date\":\"today\"");
    }

    @Test
    void drawsBarsAsLongAsTheMedians() {
        add("ours", Figure.P99, 1);
        add("one", Figure.P99, 4);
        assertThat(HtmlReport.of(results, Map.of("java", "<17>")))
                .contains(
                        "java: &lt;17&gt;", "ratio 0.25", "class=ours style=\"width:25.0%\"", "style=\"width:100.0%\"");
    }

    @Test
    void showsThreeDigits() {
        assertThat(List.of(0.0123, 0.123, 1.23, 12.3, 1234.5).stream().map(MarkdownReport::number))
                .containsExactly("0.0123", "0.123", "1.23", "12.3", "1235");
    }

    @Test
    void tellsTheCellsOfAMatrixInOneTable() {
        for (String cell : List.of("matrix: small", "matrix: large")) {
            results.cell("matrix", "cells", cell, "ours").add(Figure.THROUGHPUT, 300);
            results.cell("matrix", "cells", cell, "ours").add(Figure.CPU_PER_GB, 1);
            results.cell("matrix", "cells", cell, "one").add(Figure.CPU_PER_GB, 4);
        }
        assertThat(MarkdownReport.of(results, Map.of()))
                .isEqualTo("\n### matrix\n\ncells\n\n| medians | MB/s: ours | MB/s: one | MB/s: other | ratio |"
                        + " broker CPU-s per GB: ours | broker CPU-s per GB: one | broker CPU-s per GB: other | ratio |\n"
                        + "|---|---|---|---|---|---|---|---|---|\n"
                        + "| small | 300 |  |  |  | 1.00 | 4.00 |  | 0.25 |\n"
                        + "| large | 300 |  |  |  | 1.00 | 4.00 |  | 0.25 |\n");
    }
}
