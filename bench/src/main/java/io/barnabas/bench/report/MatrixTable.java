package io.barnabas.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A matrix as one Markdown table: a line a cell, with medians only. */
final class MatrixTable {
    private static final List<Figure> FIGURES = List.of(Figure.THROUGHPUT, Figure.CPU_PER_GB);

    private MatrixTable() {}

    static String head(Results results, String matrix) {
        StringBuilder head = new StringBuilder("\n### " + matrix + "\n\n" + results.about(matrix) + "\n\n| medians |");
        StringBuilder line = new StringBuilder("|---|");
        for (Figure figure : FIGURES) {
            for (String contender : results.contenders()) {
                head.append(' ')
                        .append(figure.label())
                        .append(": ")
                        .append(contender)
                        .append(" |");
                line.append("---|");
            }
            head.append(" ratio |");
            line.append("---|");
        }
        return head.append('\n').append(line).append('\n').toString();
    }

    /** Behind a colon the cell is named; what stands before it is the same for all. */
    static String row(Results results, String cell, Map<Figure, Map<String, Series>> figures) {
        StringBuilder row = new StringBuilder("| " + cell.substring(cell.indexOf(": ") + 2) + " |");
        for (Figure figure : FIGURES) {
            Map<String, Series> byContender = figures.getOrDefault(figure, Map.of());
            for (String contender : results.contenders()) {
                Series series = byContender.get(contender);
                row.append(' ')
                        .append(series == null ? "" : MarkdownReport.number(series.median()))
                        .append(" |");
            }
            Double ratio = results.ratio(figure, byContender);
            row.append(ratio == null ? "  |" : String.format(Locale.ROOT, " %.2f |", ratio));
        }
        return row.append('\n').toString();
    }
}
