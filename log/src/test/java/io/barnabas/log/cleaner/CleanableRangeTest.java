package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogConfig;
import io.barnabas.log.LogFixture;
import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten closed segments of one record each, a second apart, and an active one. */
class CleanableRangeTest {
    private static final int BATCH_BYTES = 72;

    @TempDir
    Path root;

    private CompactionFixture logs;
    private long beganMs;

    @BeforeEach
    void fill() throws IOException {
        logs = new CompactionFixture(new LogFixture(root, CompactionFixture.CONFIG));
        beganMs = logs.logs.time.nowMs();
        for (int i = 0; i < 10; i++) {
            logs.append("ab", "12");
            logs.roll();
            logs.logs.time.advanceMs(1_000);
        }
        logs.append("ab", "12");
    }

    private CleanableRange range(LogConfig config, long compactedUpTo, long lastStableOffset) throws IOException {
        return CleanableRange.of(
                logs.logs.cleanable().segments(),
                config,
                compactedUpTo,
                0,
                11,
                lastStableOffset,
                logs.logs.time.nowMs());
    }

    @Test
    void reachesFromTheLastCompactionToTheActiveSegment() throws IOException {
        assertThat(range(CompactionFixture.CONFIG, 4, 11))
                .isEqualTo(new CleanableRange(4, 10, 4 * BATCH_BYTES, 6 * BATCH_BYTES, false));
        assertThat(range(CompactionFixture.CONFIG, -1, 11).firstDirtyOffset()).isZero();
    }

    @Test
    void endsBeforeTheSegmentThatHoldsTheLastStableOffset() throws IOException {
        assertThat(range(CompactionFixture.CONFIG, -1, 7).firstUncleanableOffset())
                .isEqualTo(7);
        assertThat(range(CompactionFixture.CONFIG, 8, 3).cleanableBytes()).isZero();
    }

    @Test
    void beginsAnewWhenTheCheckpointCannotBe() throws IOException {
        assertThat(range(CompactionFixture.CONFIG, 12, 11).firstDirtyOffset()).isZero();
        CleanableRange shortened = CleanableRange.of(
                logs.logs.cleanable().segments(), CompactionFixture.CONFIG, 2, 5, 11, 11, logs.logs.time.nowMs());
        assertThat(shortened.firstDirtyOffset()).isEqualTo(5);
    }

    @Test
    @Acceptance(97)
    void leavesRecordsAloneThatAreTooYoung() throws IOException {
        LogConfig lag =
                CompactionFixture.CONFIG.toBuilder().minCompactionLagMs(5_500).build();
        assertThat(range(lag, -1, 11).firstUncleanableOffset()).isEqualTo(5);
        assertThat(range(lag, 7, 11).cleanableBytes()).isZero();
    }

    @Test
    @Acceptance(97)
    void isDueOnceEnoughOfTheLogIsDirty() throws IOException {
        CleanableRange half = range(CompactionFixture.CONFIG, 5, 11);
        assertThat(half.dirtyRatio()).isEqualTo(0.5);
        assertThat(half.isDue(0.5)).isFalse();
        assertThat(half.isDue(0.49)).isTrue();
        assertThat(range(CompactionFixture.CONFIG, 10, 11).isDue(0)).isFalse();
    }

    @Test
    void isDueHoweverCleanItIsOnceARecordHasWaitedTooLong() throws IOException {
        LogConfig lag =
                CompactionFixture.CONFIG.toBuilder().maxCompactionLagMs(1_500).build();
        assertThat(logs.logs.time.nowMs()).isEqualTo(beganMs + 10_000);
        assertThat(range(lag, 8, 11).overdue()).isTrue();
        assertThat(range(lag, 8, 11).isDue(1)).isTrue();
        assertThat(range(lag, 9, 11).overdue()).isFalse();
    }
}
