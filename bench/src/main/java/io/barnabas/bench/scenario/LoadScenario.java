package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import java.io.IOException;

/**
 * A load on brokers that are all up at the same time and take turns. What a turn needs is made before it and cleared
 * away after it, so that what the broker does in between is the load alone.
 *
 * @param leastSeconds how long a turn takes at least, for one that needs time for enough requests; 0 for as short as you like
 */
public record LoadScenario(String name, String about, Preparation preparation, double leastSeconds)
        implements Scenario {

    LoadScenario(String name, String about, Preparation preparation) {
        this(name, about, preparation, 0);
    }

    /** Makes one turn ready. */
    @FunctionalInterface
    public interface Preparation {
        Turn prepare(Contender broker) throws IOException, InterruptedException;
    }

    /** One run of the load. */
    public interface Turn extends AutoCloseable {
        LoadResult run(Limit limit) throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }
}
