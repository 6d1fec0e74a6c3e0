package io.barnabas.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random tests that can be repeated: each run has a seed, and a failure names it. The property
 * {@code barnabas.seed} runs just that one.
 */
public final class Seeds {
    private Seeds() {}

    /** One run of a random test. */
    @FunctionalInterface
    public interface Scenario {
        void run(RandomGenerator random) throws Exception;
    }

    /** Runs the scenario with the seeds 0 to {@code count - 1}. */
    public static void forEach(int count, Scenario scenario) {
        Long only = Long.getLong("barnabas.seed");
        if (only != null) {
            run(only, scenario);
            return;
        }
        for (long seed = 0; seed < count; seed++) {
            run(seed, scenario);
        }
    }

    /** The generator of a seed: the same numbers on every machine. */
    public static RandomGenerator random(long seed) {
        return new SplittableRandom(seed);
    }

    private static void run(long seed, Scenario scenario) {
        try {
            scenario.run(random(seed));
        } catch (Throwable failure) {
            throw new AssertionError("seed " + seed + " (-Dbarnabas.seed=" + seed + "): " + failure, failure);
        }
    }
}
