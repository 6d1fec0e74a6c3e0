package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.report.Sheet;
import java.io.IOException;

/**
 * Something about a broker's whole life: it starts one on an empty directory, looks, and leaves the end to the caller.
 *
 * @param manyFiles whether so many files are made that they must not be deleted between turns
 */
public record LifeScenario(String name, String about, Run run, boolean manyFiles) implements Scenario {

    /** @see LifeScenario */
    @FunctionalInterface
    public interface Run {
        /** @param broker prepared, not started */
        void run(Contender broker, Sheet sheet) throws IOException, InterruptedException;
    }
}
