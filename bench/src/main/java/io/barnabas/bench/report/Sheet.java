package io.barnabas.bench.report;

/** Takes the figures of one run. */
@FunctionalInterface
public interface Sheet {
    void add(Figure figure, double value);
}
