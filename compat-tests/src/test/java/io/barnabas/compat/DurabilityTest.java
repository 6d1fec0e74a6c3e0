package io.barnabas.compat;

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
}
