package io.barnabas.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values of one figure over all turns of one contender. */
final class Series {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    List<Double> values() {
        return Collections.unmodifiableList(values);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double lowest() {
        return Collections.min(values);
    }

    double highest() {
        return Collections.max(values);
    }
}
