package io.barnabas.bench.report;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The results as Markdown: a table a scenario, with medians, spreads and ratios to the better of the others. */
public final class MarkdownReport {
    private final Results results;
    private final StringBuilder text = new StringBuilder();
    private String lastMatrix;

    private MarkdownReport(Results results) {
        this.results = results;
    }

    public static String of(Results results, Map<String, String> setting) {
        MarkdownReport report = new MarkdownReport(results);
        setting.forEach((key, value) ->
                report.text.append("- ").append(key).append(": ").append(value).append('\n'));
        results.forEachScenario(report::add);
        return report.text.toString();
    }

    private void add(String scenario, Map<Figure, Map<String, Series>> figures) {
        String matrix = results.matrixOf(scenario);
        if (matrix != null) {
            if (!matrix.equals(lastMatrix)) {
                lastMatrix = matrix;
                text.append(MatrixTable.head(results, matrix));
            }
            text.append(MatrixTable.row(results, scenario, figures));
            return;
        }
        text.append("\n### ")
                .append(scenario)
                .append("\n\n")
                .append(results.about(scenario))
                .append("\n\n");
        StringJoiner head = new StringJoiner(" | ", "| median (lowest-highest) | ", " | ratio |\n");
        results.contenders().forEach(head::add);
        text.append(head).append("|---".repeat(results.contenders().size() + 2)).append("|\n");
        figures.forEach(this::addRow);
    }

    private void addRow(Figure figure, Map<String, Series> byContender) {
        text.append("| ").append(figure.label()).append(" | ");
        for (String contender : results.contenders()) {
            Series series = byContender.get(contender);
            text.append(series == null ? "" : cell(series)).append(" | ");
        }
        Double ratio = results.ratio(figure, byContender);
        text.append(ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio))
                .append(" |\n");
    }

    private static String cell(Series series) {
        return number(series.median()) + " (" + number(series.lowest()) + "-" + number(series.highest()) + ")";
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : (int) Math.min(4, 2 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
