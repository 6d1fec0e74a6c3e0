package io.barnabas.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Figures by name and contender, as Markdown: ours, theirs, the ratio of the medians. */
final class Table {
    private final String ours;
    private final String theirs;
    private final Map<String, Map<String, Series>> figures = new LinkedHashMap<>();

    Table(String ours, String theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    void add(String figure, String contender, double value) {
        figures.computeIfAbsent(figure, unused -> new LinkedHashMap<>())
                .computeIfAbsent(contender, unused -> new Series())
                .add(value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "| figure: median (lowest-highest) | " + ours + " | " + theirs + " | ratio |\n|---|---|---|---|\n");
        figures.forEach((figure, byContender) -> {
            Series mine = byContender.get(ours);
            Series other = byContender.get(theirs);
            text.append(String.format(
                    Locale.ROOT, "| %s | %s | %s | %.2f |%n", figure, mine, other, mine.median() / other.median()));
        });
        return text.toString();
    }
}
