package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives kill -9. Five kills on 100 MB here; {@code ./barnabas chaos --kills 50 --data 1g}
 * asks for more through two properties.
 */
class DurabilityTest {
    @TempDir
    Path directory;

    @Test
    @Acceptance({33, 82, 107})
    void nothingAcknowledgedIsLostWhenTheBrokerIsKilled() throws Exception {
        int kills = Integer.getInteger("barnabas.chaos.kills", 5);
        long bytes = Long.getLong("barnabas.chaos.bytes", 100_000_000L);
        try (BrokerProcess broker = BrokerProcess.in(directory).start()) {
            Chaos.Report report = new Chaos(broker, kills, bytes).run();
            System.out.println(report);
        }
    }

    @Test
    @Acceptance(10)
    void aKilledBrokerTakesOverItsOwnSessionInsteadOfWaitingForItToExpire() {
        try (BrokerProcess broker = BrokerProcess.in(directory).start()) {
            broker.kill();
            broker.start();
            assertThat(broker.log())
                    .contains("Ended the ZooKeeper session of the process before this one")
                    .doesNotContain("waiting up to 2");
        }
    }
}
