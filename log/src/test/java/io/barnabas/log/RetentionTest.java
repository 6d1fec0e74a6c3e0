package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments retention takes, and who still reads them. */
class RetentionTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(1_000)
            .indexIntervalBytes(100)
            .retentionMs(-1)
            .build();

    @TempDir
    Path root;

    @Test
    @Acceptance(93)
    void deletesSegmentsWhoseYoungestRecordIsTooOld() throws IOException {
        LogFixture fixture =
                LogFixture.opened(root, SMALL.toBuilder().retentionMs(1_000).build());
        long start = fixture.time.nowMs();
        for (int i = 0; i < 6; i++) {
            fixture.appended(TestBatches.ofSize(start + 100 * i, 300));
        }
        fixture.log.updateHighWatermark(6);
        assertThat(fixture.log.deleteOldSegments(start + 1_100)).isZero();
        assertThat(fixture.log.deleteOldSegments(start + 1_101)).isEqualTo(1);
        assertThat(fixture.log.logStartOffset()).isEqualTo(2);
        assertThat(fixture.names(".log.deleted")).containsExactly("00000000000000000000.log.deleted");
        fixture.time.advanceMs(60_000);
        assertThat(fixture.names(".deleted")).isEmpty();
    }

    @Test
    void deletesEverythingExpiredAndGoesOnInANewSegment() throws IOException {
        LogFixture fixture =
                LogFixture.opened(root, SMALL.toBuilder().retentionMs(1_000).build());
        long start = fixture.time.nowMs();
        fixture.appended(TestBatches.batch(start, "value"));
        assertThat(fixture.log.deleteOldSegments(start + 5_000)).isZero();
        fixture.log.updateHighWatermark(1);
        assertThat(fixture.log.deleteOldSegments(start + 5_000)).isEqualTo(1);
        assertThat(fixture.log.logStartOffset()).isEqualTo(1);
        assertThat(fixture.log.deleteOldSegments(start + 5_000)).isZero();
        assertThat(fixture.appended(TestBatches.batch(start, "next")).baseOffset())
                .isEqualTo(1);
    }

    @Test
    @Acceptance(94)
    void deletesOldestSegmentsBeyondTheSizeButNeverBelowIt() throws IOException {
        LogFixture fixture =
                LogFixture.opened(root, SMALL.toBuilder().retentionBytes(1_500).build());
        for (int i = 0; i < 10; i++) {
            fixture.appended(TestBatches.ofSize(0, 300));
        }
        fixture.log.updateHighWatermark(10);
        fixture.log.deleteOldSegments(fixture.time.nowMs());
        assertThat(fixture.log.sizeInBytes()).isBetween(1_500L, 2_300L);
    }

    @Test
    @Acceptance(95)
    void obeysAChangedSettingAtOnce() throws IOException {
        LogFixture fixture = LogFixture.opened(root, LogConfig.defaults());
        fixture.appended(TestBatches.ofSize(0, 300));
        fixture.appended(TestBatches.ofSize(0, 300));
        assertThat(fixture.log.segmentCount()).isEqualTo(1);
        fixture.log.updateConfig(SMALL.toBuilder().retentionBytes(500).build());
        fixture.appended(TestBatches.ofSize(0, 300));
        assertThat(fixture.log.segmentCount()).isEqualTo(2);
        fixture.log.updateHighWatermark(3);
        assertThat(fixture.log.deleteOldSegments(fixture.time.nowMs())).isZero();
        fixture.log.updateConfig(SMALL.toBuilder().retentionBytes(300).build());
        assertThat(fixture.log.deleteOldSegments(fixture.time.nowMs())).isEqualTo(1);
    }

    @Test
    void deletesSegmentsBelowTheLogStartWhateverThePolicy() throws IOException {
        LogFixture fixture = LogFixture.opened(
                root, SMALL.toBuilder().delete(false).compact(true).build());
        for (int i = 0; i < 10; i++) {
            fixture.appended(TestBatches.ofSize(0, 300));
        }
        fixture.log.updateHighWatermark(10);
        fixture.log.deleteRecordsBefore(5);
        assertThat(fixture.log.deleteOldSegments(fixture.time.nowMs())).isEqualTo(2);
        assertThat(fixture.log.logStartOffset()).isEqualTo(5);
        assertThat(fixture.log.segments().first().baseOffset()).isEqualTo(4);
    }

    @Test
    void keepsReadersOfADeletedSegmentAtWork() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        fixture.appended(TestBatches.ofSize(0, 300));
        ReadOutcome reading = fixture.log.read(0, 1_000, true, Long.MAX_VALUE);
        fixture.log.updateHighWatermark(1);
        fixture.log.roll(fixture.time.nowMs());
        fixture.log.deleteRecordsBefore(1);
        fixture.log.deleteOldSegments(fixture.time.nowMs());
        fixture.time.advanceMs(60_000);
        assertThat(LogFixture.bytes(reading).readableBytes()).isGreaterThan(300);
    }
}
