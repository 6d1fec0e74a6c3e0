package io.barnabas.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The values of one figure over all runs of one contender. */
final class Series {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median, and in brackets the lowest and the highest. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.3g (%.3g-%.3g)", median(), Collections.min(values), Collections.max(values));
    }
}
