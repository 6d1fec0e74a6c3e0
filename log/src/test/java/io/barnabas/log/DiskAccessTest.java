package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.LogSegment;
import io.barnabas.log.segment.SegmentList;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reading and appending ask of the disk. */
class DiskAccessTest {
    private static final int INDEX_INTERVAL = 4096;
    private static final int BATCHES = 2_000;

    @TempDir
    Path root;

    private final FaultyDisk disk = new FaultyDisk(Disk.local());
    private LogFixture fixture;

    @BeforeEach
    void open() throws IOException {
        LogConfig config = LogConfig.builder()
                .segmentBytes(300_000)
                .indexIntervalBytes(INDEX_INTERVAL)
                .build();
        fixture = new LogFixture(disk, root, config);
        fixture.openNew();
    }

    private int append() {
        RandomGenerator random = Seeds.random(1);
        int largest = 0;
        for (int i = 0; i < BATCHES; i++) {
            ByteBuf batch = TestBatches.ofSize(i, random.nextInt(1_000));
            largest = Math.max(largest, batch.readableBytes());
            fixture.appended(batch);
        }
        return largest;
    }

    @Test
    void readsOneHeaderToFindALargeBatch() throws IOException {
        String half = "x".repeat(10_000);
        for (int i = 0; i < 40; i++) {
            fixture.appended(TestBatches.batch(i, half, half));
        }
        fixture.closeAndOpen();
        LogSegment closed = fixture.log.segments().get(0);
        int batchBytes = closed.positionOf(2);
        for (long offset = 4; offset < 20; offset += 2) {
            int[] searched = new int[1];
            disk.watch(bytesRead(searched));
            int position = closed.positionOf(offset);
            disk.watch(FaultyDisk.Watcher.NONE);
            assertThat(searched[0]).isEqualTo(BatchHeader.HEADER_BYTES);
            assertThat(position).isEqualTo(offset / 2 * batchBytes);
        }
    }

    private static FaultyDisk.Watcher bytesRead(int[] sum) {
        return new FaultyDisk.Watcher() {
            @Override
            public void read(Path file, long position, int bytes) {
                sum[0] += bytes;
            }
        };
    }

    @Test
    @Acceptance(91)
    void findsAnyOffsetByTheSparseIndexAndAShortSearch() throws IOException {
        int largest = append();
        fixture.closeAndOpen();
        fixture.read(0, 1);
        Seeds.forEach(1_000, random -> {
            long offset = random.nextLong(BATCHES);
            SegmentList segments = fixture.log.segments();
            segments.get(segments.indexOf(offset)).positionOf(offset);
            int[] searched = new int[1];
            disk.watch(bytesRead(searched));
            segments.get(segments.indexOf(offset)).positionOf(offset);
            disk.watch(FaultyDisk.Watcher.NONE);
            // One chunk of the search reaches over an index interval and the batch behind it.
            assertThat(searched[0]).isLessThanOrEqualTo(2 * (INDEX_INTERVAL + largest));
            assertThat(fixture.read(offset, 1).getLong(0)).isEqualTo(offset);
        });
    }

    @Test
    @Acceptance(104)
    void appendsWithOneWriteABatchEachBehindTheLast() {
        List<Long> positions = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        disk.watch(new FaultyDisk.Watcher() {
            @Override
            public void written(Path file, long position, int bytes) {
                if (LogFiles.hasSuffix(file, LogFiles.LOG)) {
                    positions.add(position);
                    sizes.add(bytes);
                }
            }
        });
        append();
        assertThat(positions).hasSize(BATCHES);
        for (int i = 1; i < BATCHES; i++) {
            assertThat(positions.get(i)).isIn(positions.get(i - 1) + sizes.get(i - 1), 0L);
        }
    }

    @Test
    void readsTheEndOfALogWithoutTouchingTheFile() {
        append();
        int[] reads = new int[1];
        disk.watch(new FaultyDisk.Watcher() {
            @Override
            public void read(Path file, long position, int bytes) {
                reads[0]++;
            }
        });
        long end = fixture.log.logEndOffset();
        for (int behind = 1; behind < 100; behind++) {
            ReadOutcome outcome = fixture.log.read(end - behind, 5_000, true, end);
            RecordsRef records = ((ReadOutcome.Slice) outcome).records();
            assertThat(records).isInstanceOf(RecordsRef.FileSlice.class);
            assertThat(records.sizeInBytes()).isGreaterThan(BatchHeader.HEADER_BYTES);
            records.release();
        }
        assertThat(reads[0]).isZero();
    }
}
