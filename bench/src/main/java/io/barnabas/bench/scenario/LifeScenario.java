package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.report.Sheet;
import java.io.IOException;

/** Something about a broker's whole life: it starts one on an empty directory, looks, and leaves the end to the caller. */
public record LifeScenario(String name, String about, Run run) implements Scenario {

    /** @see LifeScenario */
    @FunctionalInterface
    public interface Run {
        /** @param broker prepared, not started */
        void run(Contender broker, Sheet sheet) throws IOException, InterruptedException;
    }
}
