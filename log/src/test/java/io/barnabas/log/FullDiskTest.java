package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without room is not a broken one: wherever it fills up, in an append, a roll, an index, a snapshot or a file of
 * epochs, what is there stays readable, appends are refused, and they go on when there is room again.
 */
class FullDiskTest {
    private static final LogConfig CONFIG = LogConfig.builder()
            .segmentBytes(1_000)
            .indexIntervalBytes(100)
            .segmentIndexBytes(4096)
            .build();

    /** By then it has rolled twice; from there on places repeat. */
    private static final int EACH_PLACE_UP_TO = 40;

    private static final int FEWEST_PLACES = 60;

    @TempDir
    Path root;

    @Test
    @Acceptance(107)
    void goesOnWhereverTheDiskFilledUp() throws IOException {
        for (int fullAt = 1; ; fullAt += fullAt < EACH_PLACE_UP_TO ? 1 : 5) {
            FaultyDisk disk = new FaultyDisk(Disk.local());
            LogFixture fixture = new LogFixture(disk, root.resolve("full" + fullAt), CONFIG);
            fixture.openNew();
            disk.fillUpAt(fullAt);
            List<String> acknowledged = new ArrayList<>();
            use(fixture, acknowledged, 0);
            boolean reached = disk.faultReached();
            assertThat(fixture.failures.all).as("full at %s", fullAt).isEmpty();
            assertThat(fixture.values()).as("full at %s", fullAt).isEqualTo(acknowledged);

            disk.heal();
            int before = acknowledged.size();
            use(fixture, acknowledged, 1);
            assertThat(acknowledged).as("full at %s", fullAt).hasSize(before + 30);
            assertThat(fixture.values()).as("full at %s", fullAt).isEqualTo(acknowledged);

            fixture.closeAndOpen();
            assertThat(fixture.values()).as("full at %s", fullAt).isEqualTo(acknowledged);
            assertThat(fixture.failures.all).as("full at %s", fullAt).isEmpty();
            assertThat(fixture.faults.faults()).as("full at %s", fullAt).isEmpty();
            if (!reached) {
                assertThat(fullAt).isGreaterThan(FEWEST_PLACES);
                return;
            }
        }
    }

    /** Thirty appends, in epochs of ten; rolls, flushes and index entries in between. */
    private static void use(LogFixture fixture, List<String> acknowledged, int round) {
        for (int i = 0; i < 30; i++) {
            if (i % 10 == 0) {
                fixture.log.beginLeaderEpoch(round * 3 + i / 10);
            }
            String value = round + "-" + i + "x".repeat(80);
            AppendOutcome outcome = fixture.append(TestBatches.batch(i, value));
            if (outcome instanceof Appended) {
                acknowledged.add(value);
            } else {
                assertThat(((Rejected) outcome).error()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
            }
            if (i % 7 == 6) {
                upkeep(fixture);
            }
        }
    }

    /** What the background does, and what it does when that fails. */
    private static void upkeep(LogFixture fixture) {
        try {
            fixture.log.persistLeaderEpochs();
            fixture.log.flush();
            fixture.log.writeIndexesBehind();
        } catch (IOException full) {
            fixture.home.failed("keeping the log", full);
        }
    }
}
