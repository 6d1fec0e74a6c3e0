package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.broker.cli.RehearsalTool;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Java's archive is learnt from is the work of a broker, not a row of refusals. */
@Timeout(60)
class RehearsalTest {
    @TempDir
    Path data;

    @Test
    void writesAndReadsRecordsAndTakesItsTopicsAway() throws Exception {
        try (BrokerServer broker = BrokerFixture.started(data, Map.of("offsets.topic.replication.factor", "1"))) {
            String printed = RehearsalTool.run(BrokerFixture.address(broker));
            assertThat(printed).matches("0 Rehearsed: batches written: \\d{2,} fetched: \\d{2,}\\n");
            assertThat(data.resolve("logs/rehearsal-0")).doesNotExist();
            assertThat(data.resolve("logs/__consumer_offsets-0")).exists();
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(RehearsalTool.run()).startsWith("1 USAGE");
        assertThat(RehearsalTool.run("127.0.0.1:1")).startsWith("1 No rehearsal: no broker answers at 127.0.0.1:1");
    }
}
