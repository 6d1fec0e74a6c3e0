package io.barnabas.bench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** All that was measured: by scenario, figure and contender, in the order in which it came. */
public final class Results {
    private final String ours;
    private final List<String> contenders;
    private final Map<String, Map<Figure, Map<String, Series>>> scenarios = new LinkedHashMap<>();
    private final Map<String, String> abouts = new LinkedHashMap<>();

    private final Map<String, String> matrices = new LinkedHashMap<>();

    /** @param contenders of which {@code ours} is one */
    public Results(String ours, List<String> contenders) {
        this.ours = ours;
        this.contenders = contenders;
    }

    /** Where one scenario's figures of one contender go. */
    public Sheet sheet(String scenario, String about, String contender) {
        abouts.put(scenario, about);
        return (figure, value) -> scenarios
                .computeIfAbsent(scenario, added -> new EnumMap<>(Figure.class))
                .computeIfAbsent(figure, added -> new LinkedHashMap<>())
                .computeIfAbsent(contender, added -> new Series())
                .add(value);
    }

    /** Where one cell's figures of one contender go; cells of a matrix are told together. */
    public Sheet cell(String matrix, String about, String cell, String contender) {
        abouts.put(matrix, about);
        matrices.put(cell, matrix);
        return sheet(cell, about, contender);
    }

    /** The matrix to which a scenario belongs; null when it stands for itself. */
    String matrixOf(String scenario) {
        return matrices.get(scenario);
    }

    boolean isOurs(String contender) {
        return ours.equals(contender);
    }

    List<String> contenders() {
        return contenders;
    }

    void forEachScenario(BiConsumer<String, Map<Figure, Map<String, Series>>> action) {
        scenarios.forEach(action);
    }

    String about(String scenario) {
        return abouts.get(scenario);
    }

    /** The median of the best of the others; null when there is no other. */
    Double bestOther(Figure figure, Map<String, Series> byContender) {
        Double best = null;
        for (String contender : others()) {
            Series series = byContender.get(contender);
            if (series != null && (best == null || figure.isBetter(series.median(), best))) {
                best = series.median();
            }
        }
        return best;
    }

    /** Ours against the best of the others; null when one of both is missing, or nothing can be divided by it. */
    Double ratio(Figure figure, Map<String, Series> byContender) {
        Series mine = byContender.get(ours);
        Double other = bestOther(figure, byContender);
        return mine == null || other == null || other == 0 ? null : mine.median() / other;
    }

    /** Of one figure by contender; empty when it was not measured. */
    Map<String, Series> of(String scenario, Figure figure) {
        return scenarios.getOrDefault(scenario, Map.of()).getOrDefault(figure, Map.of());
    }

    Series ours(Map<String, Series> byContender) {
        return byContender.get(ours);
    }

    List<String> others() {
        List<String> others = new ArrayList<>(contenders);
        others.remove(ours);
        return others;
    }
}
