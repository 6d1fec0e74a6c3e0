package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.segment.SegmentScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a log that were damaged, or left half done, are put right when they are needed. */
class DamagedFilesTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(1_000)
            .indexIntervalBytes(100)
            .retentionMs(-1)
            .build();

    @TempDir
    Path root;

    @Test
    void keepsWhatFollowsADamagedBatchInAClosedSegment() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        for (int i = 0; i < 6; i++) {
            fixture.appended(TestBatches.ofSize(1, 300));
        }
        long end = fixture.log.logEndOffset();
        fixture.log.close(fixture.time.nowMs());
        Path first = fixture.path.resolve("00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(first);
        bytes[100] ^= 1;
        Files.write(first, bytes);
        Files.delete(fixture.path.resolve("00000000000000000000.index"));
        fixture.log.abandon();
        fixture.openAfterCrash(end);
        assertThat(fixture.log.logEndOffset()).isEqualTo(end);
        assertThat(fixture.read(1, 1).getLong(0)).isEqualTo(1);
        assertThat(first).hasBinaryContent(bytes);
        SegmentScan.Result found =
                SegmentScan.pastDamage(fixture.log.segments().first(), SegmentScan.BatchVisitor.NONE);
        assertThat(found.damagedPositions()).containsExactly(0);
        assertThat(found.nextOffset()).isEqualTo(2);
    }

    @Test
    void rebuildsADamagedIndexWhenItIsFirstNeeded() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        for (int i = 0; i < 30; i++) {
            fixture.appended(TestBatches.batch(i, "value " + i));
        }
        fixture.log.close(fixture.time.nowMs());
        Path index = fixture.path.resolve("00000000000000000000.index");
        byte[] good = Files.readAllBytes(index);
        for (byte[] damaged : List.of(new byte[good.length], new byte[good.length + 3], new byte[10_000])) {
            Files.write(index, damaged);
            fixture.closeAndOpen();
            assertThat(fixture.read(5, 1).getLong(0)).isEqualTo(5);
            assertThat(index).hasBinaryContent(good);
        }
    }

    @Test
    void findsTheYoungestRecordAlsoWhenTheTimeIndexLostItsEnd() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        long start = fixture.time.nowMs();
        for (int i = 0; i < 5; i++) {
            fixture.appended(TestBatches.batch(start + (i == 2 ? 100 : i), "value " + i));
        }
        fixture.log.close(fixture.time.nowMs());
        Files.write(fixture.path.resolve("00000000000000000000.timeindex"), new byte[0]);
        fixture.closeAndOpen();
        assertThat(fixture.log.offsetOfMaxTimestamp()).isEqualTo(new TimestampedOffset(start + 100, 2, 0));
    }

    @Test
    void finishesWhatACompactionLeft() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        for (int i = 0; i < 6; i++) {
            fixture.appended(TestBatches.ofSize(1, 300));
        }
        fixture.log.close(fixture.time.nowMs());
        Path path = fixture.path;
        Files.copy(path.resolve("00000000000000000002.log"), path.resolve("00000000000000000000.log.swap"));
        Files.writeString(path.resolve("00000000000000000004.log.cleaned"), "unfinished");
        Files.writeString(path.resolve("00000000000000000009.index"), "orphan");
        Files.writeString(path.resolve("00000000000000000001.log.deleted"), "old");
        fixture.closeAndOpen();
        assertThat(fixture.names(".log")).containsExactly("00000000000000000000.log", "00000000000000000004.log");
        assertThat(fixture.names(".swap")).isEmpty();
        assertThat(fixture.names(".cleaned")).isEmpty();
        assertThat(fixture.names(".deleted")).isEmpty();
        assertThat(fixture.read(0, 1).getLong(0)).isEqualTo(2);
        assertThat(fixture.log.logEndOffset()).isEqualTo(6);
    }
}
