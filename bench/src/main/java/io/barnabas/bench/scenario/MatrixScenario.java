package io.barnabas.bench.scenario;

import java.util.List;

/** Many short loads that differ in a few properties only, and are told in one table, a line each. */
public record MatrixScenario(String name, String about, List<LoadScenario> cells) implements Scenario {}
