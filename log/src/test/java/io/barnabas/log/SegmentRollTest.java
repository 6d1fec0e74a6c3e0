package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.KAFKA_STORAGE_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a log closes its active segment, and what becomes of its files. */
class SegmentRollTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(1_000)
            .indexIntervalBytes(100)
            .retentionMs(-1)
            .build();

    @TempDir
    Path root;

    @Test
    @Acceptance({89, 92})
    void closesASegmentBeforeItGrowsTooLarge() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        for (int i = 0; i < 10; i++) {
            fixture.appended(TestBatches.ofSize(0, 300));
        }
        assertThat(fixture.names(".log"))
                .containsExactly(
                        "00000000000000000000.log",
                        "00000000000000000002.log",
                        "00000000000000000004.log",
                        "00000000000000000006.log",
                        "00000000000000000008.log");
        assertThat(fixture.names(".snapshot")).hasSize(4);
        assertThat(fixture.path.resolve("00000000000000000002.snapshot")).hasSize(10);
        assertThat(fixture.log.flushedOffset()).isEqualTo(8);
    }

    @Test
    @Acceptance(92)
    void closesASegmentByTheTimeOfItsRecords() throws IOException {
        LogFixture fixture =
                LogFixture.opened(root, LogConfig.builder().segmentMs(1_000).build());
        fixture.appended(TestBatches.batch(5_000, "first"));
        fixture.appended(TestBatches.batch(6_000, "still"));
        assertThat(fixture.log.segmentCount()).isEqualTo(1);
        fixture.appended(TestBatches.batch(6_001, "next"));
        assertThat(fixture.log.segmentCount()).isEqualTo(2);
    }

    @Test
    void closesASegmentWhenAnIndexIsFull() throws IOException {
        LogFixture fixture = LogFixture.opened(
                root,
                LogConfig.builder().segmentIndexBytes(48).indexIntervalBytes(1).build());
        for (int i = 0; i < 20; i++) {
            fixture.appended(TestBatches.batch(i, "value"));
        }
        assertThat(fixture.log.segmentCount()).isGreaterThan(3);
        assertThat(fixture.path.resolve("00000000000000000000.timeindex")).hasSize(36);
    }

    @Test
    @Acceptance(90)
    void showsFullSizedIndexesWhileActiveAndExactOnesAfterwards() throws IOException {
        LogFixture fixture = LogFixture.opened(root, LogConfig.defaults());
        assertThat(fixture.path.resolve("00000000000000000000.index")).hasSize(10_485_760);
        assertThat(fixture.path.resolve("00000000000000000000.timeindex")).hasSize(10_485_756);
        fixture.appended(TestBatches.batch(1, "value"));
        fixture.log.roll(fixture.time.nowMs());
        assertThat(fixture.path.resolve("00000000000000000000.index")).hasSize(0);
        assertThat(fixture.path.resolve("00000000000000000000.timeindex")).hasSize(12);
        assertThat(fixture.path.resolve("00000000000000000001.index")).hasSize(10_485_760);
        assertThat(fixture.path.resolve("00000000000000000001.snapshot")).hasSize(10);
    }

    @Test
    void preallocatesTheLogFileWhereAskedTo() throws IOException {
        LogFixture fixture =
                LogFixture.opened(root, SMALL.toBuilder().preallocate(true).build());
        fixture.appended(TestBatches.ofSize(0, 300));
        int used = fixture.log.segments().active().sizeInBytes();
        assertThat(fixture.path.resolve("00000000000000000000.log")).hasSize(1_000);
        fixture.closeAndOpen();
        assertThat(fixture.path.resolve("00000000000000000000.log")).hasSize(used);
        assertThat(fixture.log.logEndOffset()).isEqualTo(1);
    }

    @Test
    void finishesASegmentWhoseRecordsWereAllDurableWhenItWasClosed() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        for (int i = 0; i < 5; i++) {
            fixture.append(TestBatches.batch(1, "v"));
        }
        fixture.log.flush();
        fixture.log.roll(1);
        Path index = LogFiles.of(fixture.path, 0, LogFiles.OFFSET_INDEX);
        assertThat(Files.size(index)).as("its two entries, and no more").isEqualTo(2 * 8);
    }

    @Test
    void leadsOnFromASegmentThatItBeganAsAFollowerForABatchThatDidNotFit() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = new LogFixture(disk, root, SMALL);
        fixture.openNew();
        fixture.log.appendAsFollower(TestBatches.stamped(TestBatches.ofSize(1, 900), 0, 0), 0);
        disk.fillUp();
        ByteBuf next = TestBatches.stamped(TestBatches.ofSize(1, 900), 7, 0);
        assertThat(LogFixture.error(fixture.log.appendAsFollower(next, 0))).isEqualTo(KAFKA_STORAGE_ERROR);
        disk.heal();
        assertThat(fixture.log.logEndOffset()).isEqualTo(1);
        assertThat(fixture.appended(TestBatches.batch(1, "mine")).baseOffset()).isEqualTo(1);
        assertThat(fixture.read(1, 1).getLong(0)).isEqualTo(1);
        fixture.closeAndOpen();
        assertThat(fixture.log.logEndOffset()).isEqualTo(2);
    }
}
