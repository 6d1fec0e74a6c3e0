package io.barnabas.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of the README, as the bench writes it and as it stands there. */
class GoalsReportTest {
    private static final Map<String, String> SETTING = Map.of(
            "date",
            "2026-01-02",
            "processors",
            "2",
            "processor",
            "Fast One",
            "system",
            "Linux 6.18.44-with-a-name",
            "java",
            "A VM 25.0.3+9",
            "command",
            "./barnabas bench --pairs 7",
            "turns",
            "7");

    private static String report(String... others) {
        List<String> contenders = new ArrayList<>(List.of("ours"));
        contenders.addAll(List.of(others));
        Results results = new Results("ours", contenders);
        results.sheet("raw-produce-64k", "", "ours").add(Figure.CPU_PER_GB, 1);
        results.sheet("raw-produce-64k", "", "ours").add(Figure.THROUGHPUT, 300);
        for (String other : others) {
            results.sheet("raw-produce-64k", "", other).add(Figure.CPU_PER_GB, 4);
            results.sheet("raw-produce-64k", "", other).add(Figure.THROUGHPUT, 200);
        }
        return GoalsReport.of(results, SETTING);
    }

    @Test
    void holdsEachGoalThatWasMeasuredAgainstItsRatio() {
        assertThat(report("kafka-4.3.1"))
                .contains("broker CPU-s per GB | 1.00 | 4.00 | **0.25** | at most 0.50 |")
                .contains("MB/s | 300 | 200 | 1.50 | at least 2.00 |")
                .doesNotContain("Metadata");
    }

    @Test
    void saysWhereWhenAndHowItWasMeasured() {
        assertThat(report("kafka-4.3.1"))
                .contains("Measured on 2026-01-02 on 2 processors (Fast One), Linux 6.18, Java 25, by\n"
                        + "`./barnabas bench --pairs 7`;\nmedians of 7 turns each, ");
    }

    @Test
    void namesTheOneOrTheBetterOfTwoThatItWasMeasuredBeside() {
        assertThat(report("kafka-4.3.1")).contains(", beside Kafka 4.3.1; ");
        assertThat(report("kafka-4.3.1", "kafka-3.9.2"))
                .contains(", beside the better of Kafka 4.3.1 and Kafka 3.9.2;");
    }

    /** So that a new table can be pasted in its place. */
    @Test
    void theReadmesTableHasRowsOfThisReportOnlyAndInItsOrder() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        assertThat(readme).contains(GoalsReport.HEAD);
        String table = readme.substring(readme.indexOf(GoalsReport.HEAD) + GoalsReport.HEAD.length());
        List<String> there = table.substring(0, table.indexOf("\n\n"))
                .lines()
                .map(row -> row.split(" \\| ")[0] + " | " + row.split(" \\| ")[4])
                .toList();
        List<String> possible = Goals.ALL.stream()
                .map(goal -> "| " + goal.what() + " | " + goal.wording() + " |")
                .toList();
        assertThat(possible).containsSubsequence(there);
    }
}
