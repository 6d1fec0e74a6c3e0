package io.barnabas.bench.report;

import java.util.Locale;
import java.util.Map;

/** The README's table: each goal that something was measured for, with the medians of both sides and their ratio. */
public final class GoalsReport {
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private GoalsReport(Results results) {
        this.results = results;
    }

    public static String of(Results results, Map<String, String> setting) {
        GoalsReport report = new GoalsReport(results);
        report.text
                .append("Measured on ")
                .append(setting.get("date"))
                .append(" by `")
                .append(setting.get("command"))
                .append("`: ")
                .append(setting.get("processor"))
                .append(", ")
                .append(setting.get("processors"))
                .append(" processors, ")
                .append(setting.get("system"))
                .append(", Java ")
                .append(setting.get("java"))
                .append("; medians, beside the better of ")
                .append(String.join(" and ", results.others()))
                .append(".\n\n| what | Barnabas | Apache Kafka | ratio | goal |\n|---|---|---|---|---|\n");
        Goals.ALL.forEach(report::add);
        return report.text.toString();
    }

    private void add(Goal goal) {
        Map<String, Series> series = results.of(goal.scenario(), goal.figure());
        Double ratio = results.ratio(goal.figure(), series);
        if (ratio == null) {
            return;
        }
        text.append("| ").append(goal.what());
        text.append(" | ").append(MarkdownReport.number(results.ours(series).median()));
        text.append(" | ").append(MarkdownReport.number(results.bestOther(goal.figure(), series)));
        text.append(String.format(Locale.ROOT, goal.isMetBy(ratio) ? " | **%.2f**" : " | %.2f", ratio));
        text.append(String.format(Locale.ROOT, " | %s %.2f |\n", goal.atMost() ? "at most" : "at least", goal.ratio()));
    }
}
