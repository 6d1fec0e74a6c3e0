package io.barnabas.compat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Consume, transform, produce: exactly once, although the broker is killed every few seconds. A few seconds with clients
 * of three ages here; {@code ./barnabas chaos --transactions 120} asks for that many seconds, with all releases at once.
 */
class ExactlyOnceTest {
    private static final String SOME = "0.11.0.3,2.4.1,4.4.0";

    @TempDir
    Path directory;

    @Test
    @Acceptance(53)
    void outputEqualsInputExactlyOnceWhileTheBrokerIsKilled() throws Exception {
        List<String> releases = List.of(
                System.getProperty("barnabas.transactions.releases", SOME).split(","));
        long seconds = Long.getLong("barnabas.transactions.seconds", 8);
        try (BrokerProcess broker = BrokerProcess.in(directory).start()) {
            System.out.println(new ExactlyOnce(broker, releases, seconds, directory).run());
        }
    }
}
