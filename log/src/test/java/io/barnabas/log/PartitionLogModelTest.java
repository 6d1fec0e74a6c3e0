package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log does what a sorted map of offsets to records would do. */
class PartitionLogModelTest {
    @TempDir
    Path root;

    @Test
    @Acceptance(96)
    void behavesAsASortedMapUnderAnySequenceOfCommands() {
        Seeds.forEach(60, random -> new Run(random).go());
    }

    private final class Run {
        private final RandomGenerator random;
        private final LogFixture fixture;
        private final TreeMap<Long, String> model = new TreeMap<>();
        private long logStart;
        private long logEnd;
        private int values;

        Run(RandomGenerator random) throws IOException {
            this.random = random;
            LogConfig config = LogConfig.builder()
                    .segmentBytes(random.nextInt(400, 3000))
                    .indexIntervalBytes(random.nextInt(1, 400))
                    .segmentIndexBytes(random.nextBoolean() ? 1 << 12 : 60)
                    .build();
            this.fixture = new LogFixture(root.resolve(Long.toString(random.nextLong())), config);
            fixture.openNew();
        }

        void go() throws IOException {
            for (int step = 0; step < 150; step++) {
                step();
                assertThat(fixture.log.logEndOffset()).isEqualTo(logEnd);
                assertThat(fixture.log.logStartOffset()).isEqualTo(logStart);
                assertThat(fixture.failures.all).isEmpty();
                checkReads();
            }
            assertThat(fixture.faults.faults()).isEmpty();
        }

        private void step() throws IOException {
            switch (random.nextInt(12)) {
                case 0 -> fixture.closeAndOpen();
                case 1 -> fixture.openAfterCrash(Math.min(fixture.log.flushedOffset(), logEnd));
                case 2 -> truncate();
                case 3 -> deleteRecords();
                case 4 -> fixture.log.flush();
                case 5 -> fixture.log.writeIndexesBehind();
                case 6 -> roll();
                default -> append();
            }
        }

        private void append() {
            String[] batch = new String[random.nextInt(1, 6)];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = "value-" + values++ + "x".repeat(random.nextInt(40));
            }
            Appended appended = fixture.appended(TestBatches.batch(fixture.time.nowMs(), batch));
            assertThat(appended.baseOffset()).isEqualTo(logEnd);
            for (String value : batch) {
                model.put(logEnd++, value);
            }
            fixture.time.advanceMs(random.nextInt(5));
        }

        private void roll() throws IOException {
            fixture.log.roll(fixture.time.nowMs());
        }

        private void truncate() throws IOException {
            if (logEnd > logStart && random.nextInt(3) == 0) {
                // Only batch boundaries: where a batch is cut in two, the log ends before it but counts from there.
                long to = boundaryAt(random.nextLong(logStart, logEnd));
                fixture.log.truncateTo(to, fixture.time.nowMs());
                model.tailMap(to, true).clear();
                logEnd = to;
                logStart = Math.min(logStart, to);
            }
        }

        private long boundaryAt(long offset) throws IOException {
            ByteBuf read = fixture.read(offset, 1);
            return Math.max(read.getLong(0), logStart);
        }

        private void deleteRecords() {
            if (random.nextInt(3) == 0) {
                fixture.log.updateHighWatermark(logEnd);
                long to = random.nextLong(logStart, logEnd + 1);
                fixture.log.deleteRecordsBefore(to);
                logStart = to;
                model.headMap(to, false).clear();
            }
        }

        private void checkReads() throws IOException {
            if (logStart == logEnd) {
                return;
            }
            long offset = random.nextLong(logStart, logEnd);
            ByteBuf read = fixture.read(offset, random.nextInt(1, 2000));
            TreeMap<Long, String> seen = new TreeMap<>();
            Records.forEach(
                    read,
                    record -> seen.put(
                            record.offset(),
                            StandardCharsets.UTF_8.decode(record.value()).toString()));
            assertThat(seen.lastKey()).isGreaterThanOrEqualTo(offset);
            Map<Long, String> expected = model.subMap(offset, true, seen.lastKey(), true);
            assertThat(seen.tailMap(offset, true)).isEqualTo(expected);
        }
    }
}
