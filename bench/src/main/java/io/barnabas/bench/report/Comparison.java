package io.barnabas.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far the ratios of processor time are from those of an earlier run, whose {@code results.json} is read. Only what
 * both runs measured is compared; how many were left out is told.
 */
public final class Comparison {
    private static final double ALLOWED = 0.15;

    private final Map<Measured, Double> earlier = new LinkedHashMap<>();
    private final Map<String, String> setting = new LinkedHashMap<>();

    /** One figure of one scenario. */
    private record Measured(String scenario, Figure figure) {}

    private Comparison() {}

    /** @param json what {@link JsonReport} wrote */
    public static Comparison with(String json) throws IOException {
        Comparison comparison = new Comparison();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    if (field.equals("setting")) {
                        readSetting(parser, comparison.setting);
                    } else if (field.equals("results")) {
                        comparison.readResults(parser);
                    }
                }
            }
        }
        return comparison;
    }

    private static void readSetting(JsonParser parser, Map<String, String> setting) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            setting.put(key, parser.getText());
        }
    }

    private void readResults(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readResult(parser);
        }
    }

    private void readResult(JsonParser parser) throws IOException {
        String scenario = null;
        String label = null;
        Double ratio = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "scenario" -> scenario = parser.getText();
                case "figure" -> label = parser.getText();
                case "ratio" -> ratio = parser.getDoubleValue();
                default -> parser.skipChildren();
            }
        }
        String named = scenario;
        Double measured = ratio;
        if (measured != null) {
            Figure.labelled(label)
                    .filter(Figure::isCpu)
                    .ifPresent(figure -> earlier.put(new Measured(named, figure), measured));
        }
    }

    /** A table, with what is too far apart in bold. */
    public String table(Results results) {
        Map<Measured, Double> now = ratios(results);
        StringBuilder text = new StringBuilder();
        text.append("\n### CPU ratios beside those of an earlier run\n\n");
        text.append("Of ").append(setting.get("date")).append(", by `").append(setting.get("command"));
        text.append("`.\n\n| what | earlier | now | apart |\n|---|---|---|---|\n");
        int within = 0;
        int compared = 0;
        for (Map.Entry<Measured, Double> entry : now.entrySet()) {
            Double before = earlier.get(entry.getKey());
            if (before != null) {
                compared++;
                within += isWithin(before, entry.getValue()) ? 1 : 0;
                text.append(row(entry.getKey(), before, entry.getValue()));
            }
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%d of %d are within %.0f %%; %d were measured now only, %d earlier only.%n",
                        within,
                        compared,
                        100 * ALLOWED,
                        now.size() - compared,
                        earlier.size() - compared))
                .toString();
    }

    private static Map<Measured, Double> ratios(Results results) {
        Map<Measured, Double> ratios = new LinkedHashMap<>();
        results.forEachScenario((scenario, figures) -> figures.forEach((figure, byContender) -> {
            Double ratio = results.ratio(figure, byContender);
            if (figure.isCpu() && ratio != null) {
                ratios.put(new Measured(scenario, figure), ratio);
            }
        }));
        return ratios;
    }

    private static String row(Measured measured, double before, double now) {
        return String.format(
                Locale.ROOT,
                isWithin(before, now)
                        ? "| %s: %s | %.2f | %.2f | %+.0f %% |%n"
                        : "| %s: %s | %.2f | %.2f | **%+.0f %%** |%n",
                measured.scenario(),
                measured.figure().label(),
                before,
                now,
                100 * (now / before - 1));
    }

    private static boolean isWithin(double before, double now) {
        return Math.abs(now / before - 1) <= ALLOWED;
    }
}
