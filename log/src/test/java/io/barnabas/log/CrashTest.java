package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a crash leaves of the unflushed end, all that was flushed is there and the log goes on. */
class CrashTest {
    private static final LogConfig CONFIG = LogConfig.builder()
            .segmentBytes(2_000)
            .indexIntervalBytes(200)
            .segmentIndexBytes(4096)
            .build();

    @TempDir
    Path root;

    @Test
    @Acceptance(107)
    void losesNothingThatWasFlushedWhenTheTailIsTornAtAnyPoint() {
        Seeds.forEach(200, random -> {
            LogFixture fixture = new LogFixture(root.resolve("torn" + random.nextLong()), CONFIG);
            fixture.openNew();
            List<String> written = append(fixture, random.nextInt(1, 40), random);
            fixture.log.flush();
            int flushed = written.size();
            written.addAll(append(fixture, random.nextInt(1, 8), random));
            tear(fixture, random);
            fixture.openAfterCrash(flushed);
            assertThat(fixture.log.logEndOffset()).isBetween((long) flushed, (long) written.size());
            assertThat(fixture.values()).isEqualTo(written.subList(0, (int) fixture.log.logEndOffset()));
            assertThat(append(fixture, 3, random)).hasSizeGreaterThan(2);
            assertThat(fixture.failures.all).isEmpty();
        });
    }

    /** Cuts or overwrites the active segment behind what was flushed, and spoils the indexes. */
    private static void tear(LogFixture fixture, RandomGenerator random) throws IOException {
        LogSegment active = fixture.log.segments().active();
        long flushed = fixture.log.flushedOffset();
        int safe = active.baseOffset() >= flushed ? 0 : active.positionOf(flushed);
        try (FileChannel file = FileChannel.open(active.path(), StandardOpenOption.WRITE)) {
            int at = random.nextInt(safe, active.sizeInBytes() + 1);
            if (random.nextBoolean()) {
                file.truncate(at);
            } else {
                byte[] noise = new byte[random.nextInt(1, 200)];
                random.nextBytes(noise);
                file.write(ByteBuffer.wrap(noise), at);
            }
        }
        byte[] noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        Files.write(LogFiles.of(fixture.path, active.baseOffset(), LogFiles.OFFSET_INDEX), noise);
    }

    @Test
    @Acceptance(107)
    void losesNothingAcknowledgedWhicheverOperationOfTheDiskFails() throws IOException {
        for (int failAt = 1; ; failAt++) {
            FaultyDisk disk = new FaultyDisk(Disk.local());
            LogFixture fixture = new LogFixture(disk, root.resolve("once" + failAt), CONFIG);
            disk.failOnceAt(failAt);
            List<String> acknowledged = runUntilFault(fixture);
            boolean reached = disk.faultReached();
            disk.heal();
            reopen(fixture);
            assertThat(fixture.values()).as("fault %s", failAt).startsWith(acknowledged.toArray(String[]::new));
            append(fixture, 1, Seeds.random(failAt));
            assertThat(fixture.faults.faults()).isEmpty();
            if (!reached) {
                assertThat(failAt).isGreaterThan(60);
                return;
            }
        }
    }

    @Test
    void losesNothingAcknowledgedWhenTheMachineStopsAtAnyOperationOfTheDisk() throws IOException {
        for (int failAt = 1; ; failAt++) {
            FaultyDisk disk = new FaultyDisk(Disk.local());
            LogFixture fixture = new LogFixture(disk, root.resolve("stop" + failAt), CONFIG);
            disk.failFrom(failAt);
            List<String> acknowledged = runUntilFault(fixture);
            boolean reached = disk.faultReached();
            disk.heal();
            reopen(fixture);
            assertThat(fixture.values()).as("fault %s", failAt).startsWith(acknowledged.toArray(String[]::new));
            append(fixture, 1, Seeds.random(failAt));
            if (!reached) {
                assertThat(failAt).isGreaterThan(60);
                return;
            }
        }
    }

    /** Appends, rolls, flushes and closes until something fails; gives what was acknowledged. */
    private static List<String> runUntilFault(LogFixture fixture) {
        List<String> acknowledged = new ArrayList<>();
        RandomGenerator random = Seeds.random(3);
        try {
            fixture.openNew();
            fixture.log.beginLeaderEpoch(1);
            for (int i = 0; i < 30 && fixture.failures.all.isEmpty(); i++) {
                String value = value(i, random);
                if (fixture.append(TestBatches.batch(i, value)) instanceof AppendOutcome.Appended) {
                    acknowledged.add(value);
                }
                if (i % 10 == 9) {
                    fixture.log.flush();
                    fixture.log.writeIndexesBehind();
                }
            }
            if (fixture.failures.all.isEmpty()) {
                fixture.log.close(fixture.time.nowMs());
            }
        } catch (IOException fault) {
            return acknowledged;
        }
        return acknowledged;
    }

    private static void reopen(LogFixture fixture) throws IOException {
        if (fixture.log == null) {
            fixture.openNew();
        } else {
            fixture.openAfterCrash(0);
        }
    }

    private static String value(int i, RandomGenerator random) {
        return "value " + i + "x".repeat(random.nextInt(200));
    }

    private static List<String> append(LogFixture fixture, int batches, RandomGenerator random) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            String value = value(i, random);
            fixture.appended(TestBatches.batch(fixture.time.nowMs(), value, "second"));
            values.add(value);
            values.add("second");
        }
        return values;
    }
}
