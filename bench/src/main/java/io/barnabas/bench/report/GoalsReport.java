package io.barnabas.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The README's table, to be pasted there as it is: each goal that something was measured for, with the medians of both
 * sides and their ratio.
 */
public final class GoalsReport {
    static final String HEAD = "| what | Barnabas | Apache Kafka | ratio | goal |\n|---|---|---|---|---|\n";

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private GoalsReport(Results results) {
        this.results = results;
    }

    public static String of(Results results, Map<String, String> setting) {
        GoalsReport report = new GoalsReport(results);
        report.text
                .append(
                        "Broker CPU is the operating system's account of the process; where the raw load generator is used,")
                .append(" the broker has one processor for itself and the load the others.\n");
        report.text.append(String.format(
                "Measured on %s on %s processors (%s), %s, Java %s, by\n`%s`;\n",
                setting.get("date"),
                setting.get("processors"),
                setting.get("processor"),
                firstMatch("\\D*\\d+\\.\\d+", setting.get("system")),
                firstMatch("\\d+", setting.get("java").replaceFirst("^.* ", "")),
                setting.get("command")));
        report.text.append(String.format(
                "medians of %s turns each, %s; ratios that meet the goal in bold, spreads in docs/performance.md.\n\n",
                setting.get("turns"), beside(results.others())));
        report.text.append(HEAD);
        Goals.ALL.forEach(report::add);
        return report.text.toString();
    }

    /** What has to be measured for all goals; the peak of memory comes with any load. */
    public static List<String> scenarios() {
        return Goals.ALL.stream()
                .filter(goal -> goal.figure() != Figure.PEAK)
                .map(Goal::scenario)
                .distinct()
                .toList();
    }

    /** The beginning of a text, as far as it looks like this; all of it when it does not. */
    private static String firstMatch(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.lookingAt() ? matcher.group() : text;
    }

    private static String beside(List<String> others) {
        String names = String.join(" and ", others).replace("kafka-", "Kafka ");
        return switch (others.size()) {
            case 0 -> "beside nobody";
            case 1 -> "beside " + names;
            default -> "beside the better of " + names;
        };
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
        text.append(" | ").append(goal.wording()).append(" |\n");
    }
}
