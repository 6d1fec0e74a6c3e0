package io.barnabas.bench.report;

import java.util.Locale;
import java.util.Map;

/** The results as a page of bars, one a contender, each with its median and its spread; needs nothing but a browser. */
public final class HtmlReport {
    private static final String STYLE = "body{font:14px sans-serif;max-width:60em;margin:2em auto}"
            + "td{padding:0 .6em;white-space:nowrap}td.bar{width:30em}"
            + "i{display:block;height:1em;background:#b8c4d0}i.ours{background:#3a7a3a}"
            + "h3{margin:1em 0 .2em}";

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(Results results) {
        this.results = results;
    }

    public static String of(Results results, Map<String, String> setting) {
        HtmlReport report = new HtmlReport(results);
        report.page
                .append("<!DOCTYPE html><meta charset=utf-8><title>Barnabas beside Apache Kafka</title><style>")
                .append(STYLE)
                .append("</style><h1>Barnabas beside Apache Kafka</h1><ul>");
        setting.forEach((key, value) ->
                report.page.append("<li>").append(escaped(key + ": " + value)).append("</li>"));
        report.page.append("</ul>");
        results.forEachScenario(report::add);
        return report.page.append('\n').toString();
    }

    private void add(String scenario, Map<Figure, Map<String, Series>> figures) {
        page.append("\n<h2>").append(escaped(scenario)).append("</h2><p>");
        page.append(escaped(results.about(scenario))).append("</p>");
        figures.forEach(this::addFigure);
    }

    private void addFigure(Figure figure, Map<String, Series> byContender) {
        Double ratio = results.ratio(figure, byContender);
        page.append("\n<h3>").append(escaped(figure.label()));
        page.append(ratio == null ? "" : String.format(Locale.ROOT, ": ratio %.2f", ratio));
        page.append("</h3><table>");
        double longest = 0;
        for (Series series : byContender.values()) {
            longest = Math.max(longest, series.median());
        }
        for (Map.Entry<String, Series> entry : byContender.entrySet()) {
            addBar(entry.getKey(), entry.getValue(), longest);
        }
        page.append("</table>");
    }

    private void addBar(String contender, Series series, double longest) {
        double percent = longest <= 0 ? 0 : 100 * series.median() / longest;
        page.append("<tr><td>").append(escaped(contender)).append("<td class=bar><i");
        page.append(results.isOurs(contender) ? " class=ours" : "");
        page.append(String.format(Locale.ROOT, " style=\"width:%.1f%%\"></i><td>", percent));
        page.append(MarkdownReport.number(series.median())).append(" (");
        page.append(MarkdownReport.number(series.lowest())).append(" to ");
        page.append(MarkdownReport.number(series.highest())).append(")</tr>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
