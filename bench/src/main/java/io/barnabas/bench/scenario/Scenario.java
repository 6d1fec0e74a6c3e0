package io.barnabas.bench.scenario;

/** Something to measure, known by the name that the command line takes. */
public sealed interface Scenario permits LoadScenario, MatrixScenario, LifeScenario {
    String name();

    /** A sentence for the report. */
    String about();
}
