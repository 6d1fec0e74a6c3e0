package io.barnabas.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import org.junit.jupiter.api.Test;

/** Transactions survive whatever a seed thinks up. */
class TransactionSimulationTest {
    private static final int SEEDS = Integer.getInteger("barnabas.simulation.seeds", 200);
    private static final long FIRST = Long.getLong("barnabas.simulation.first", 0);

    /** From here on their average says something. */
    private static final int ENOUGH_SEEDS = 100;

    @Test
    @Acceptance(53)
    void transactionsAreAllOrNothingWhateverHappens() {
        long committed = 0;
        long crashes = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                TransactionSimulation.Summary summary = TransactionSimulation.run(seed);
                committed += summary.committed();
                crashes += summary.crashes();
            } catch (RuntimeException violation) {
                throw new AssertionError(
                        "seed " + seed + ", to be seen again with ./barnabas chaos --simulate-transactions 1 --seed "
                                + seed + ": " + violation.getMessage(),
                        violation);
            }
        }
        System.out.println(SEEDS + " seeds: " + committed + " transactions committed, " + crashes + " crashes");
        if (SEEDS >= ENOUGH_SEEDS) {
            assertThat(committed).as("something happened").isGreaterThan(10L * SEEDS);
            assertThat(crashes).isGreaterThan(SEEDS);
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(TransactionSimulation.run(7)).isEqualTo(TransactionSimulation.run(7));
        assertThat(TransactionSimulation.run(7)).isNotEqualTo(TransactionSimulation.run(8));
    }
}
