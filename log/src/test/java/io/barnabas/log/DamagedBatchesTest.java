package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogRecovery.Hints;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.Quarantine;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in records that were durable: what is whole stays readable, what is not is kept beside the log. */
class DamagedBatchesTest {
    private static final LogConfig CONFIG =
            LogConfig.builder().indexIntervalBytes(200).segmentIndexBytes(4096).build();

    @TempDir
    Path root;

    /** Where each batch begins, and behind the last the file's end. */
    private final List<Integer> positions = new ArrayList<>();

    private LogFixture written(Disk disk, String name, int batches) throws IOException {
        LogFixture fixture = new LogFixture(disk, root.resolve(name), CONFIG);
        fixture.openNew();
        positions.clear();
        for (int i = 0; i < batches; i++) {
            positions.add(fixture.log.segments().active().sizeInBytes());
            fixture.appended(TestBatches.batch(i, "value " + i + "x".repeat(i % 7 * 20)));
        }
        positions.add(fixture.log.segments().active().sizeInBytes());
        fixture.log.flush();
        return fixture;
    }

    private static Path logFile(LogFixture fixture) {
        return LogFiles.of(fixture.path, 0, LogFiles.LOG);
    }

    private static void overwrite(LogFixture fixture, int position, byte... bytes) throws IOException {
        try (FileChannel file = FileChannel.open(logFile(fixture), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static List<Path> quarantined(LogFixture fixture) throws IOException {
        try (Stream<Path> files = Files.list(fixture.path)) {
            return files.filter(file -> Quarantine.holds(file)).sorted().toList();
        }
    }

    private static List<Long> readOffsets(LogFixture fixture) throws IOException {
        List<Long> offsets = new ArrayList<>();
        ByteBuf all = fixture.read(fixture.log.logStartOffset(), 1 << 20);
        for (int at = 0; at < all.writerIndex(); at += BatchHeader.sizeInBytes(all, at)) {
            assertThat(Batches.isWhole(all, at)).isTrue();
            offsets.add(BatchHeader.baseOffset(all, at));
        }
        return offsets;
    }

    @Test
    @Acceptance(107)
    void keepsADamagedBatchAsideAndReadsWhatLiesBehindIt() throws IOException {
        LogFixture fixture = written(Disk.local(), "middle", 10);
        byte[] before = Files.readAllBytes(logFile(fixture));
        overwrite(fixture, positions.get(4) + 70, (byte) 0x55);
        byte[] damaged = Files.readAllBytes(logFile(fixture));
        fixture.openAfterCrash(10);
        assertThat(readOffsets(fixture)).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L);
        assertThat(fixture.log.logEndOffset()).isEqualTo(10);
        Path kept = logFile(fixture)
                .resolveSibling(
                        "00000000000000000000.log." + positions.get(4) + "-" + positions.get(5) + ".quarantine");
        assertThat(quarantined(fixture)).containsExactly(kept);
        assertThat(Files.readAllBytes(kept)).isEqualTo(Arrays.copyOfRange(damaged, positions.get(4), positions.get(5)));
        assertThat(logFile(fixture)).hasSize(before.length - (positions.get(5) - positions.get(4)));
        assertThat(LogFixture.bytes(fixture.log.readFromDisk(4, 1, true, Long.MAX_VALUE))
                        .getLong(0))
                .isEqualTo(5);
        assertThat(fixture.appended(TestBatches.batch(1, "next")).baseOffset()).isEqualTo(10);
    }

    @Test
    void findsTheNextBatchWhereTheDamagedOneHasLostItsSize() throws IOException {
        LogFixture fixture = written(Disk.local(), "size", 10);
        overwrite(fixture, positions.get(2) + 8, (byte) 0x7f, (byte) 1, (byte) 2, (byte) 3);
        fixture.openAfterCrash(10);
        assertThat(readOffsets(fixture)).containsExactly(0L, 1L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(quarantined(fixture)).hasSize(1);
    }

    @Test
    void takesNoBatchForOneOfTheLogThatADamagedOneCarriesAsAValue() throws IOException {
        LogFixture fixture = written(Disk.local(), "carried", 3);
        ByteBuf carried = TestBatches.batch(1, "no record of this log");
        TestBatches.stamped(carried, 7, 0);
        int at = fixture.log.segments().active().sizeInBytes();
        fixture.appended(TestBatches.batch(1, carried.toString(StandardCharsets.ISO_8859_1) + "x".repeat(300)));
        fixture.appended(TestBatches.batch(1, "behind"));
        fixture.log.flush();
        try (FileChannel file = FileChannel.open(logFile(fixture), StandardOpenOption.WRITE)) {
            file.write(carried.nioBuffer(), at + 150);
        }
        fixture.openAfterCrash(5);
        assertThat(readOffsets(fixture)).containsExactly(0L, 1L, 2L, 4L);
    }

    @Test
    void keepsWhatWasDamagedInTheSamePlaceBefore() throws IOException {
        LogFixture fixture = written(Disk.local(), "again", 0);
        for (int i = 0; i < 4; i++) {
            fixture.appended(TestBatches.batch(1, "of the same length " + i));
        }
        fixture.log.flush();
        for (int time = 1; time <= 2; time++) {
            overwrite(fixture, 70, (byte) 0x55);
            fixture.openAfterCrash(4);
            assertThat(readOffsets(fixture)).hasSize(4 - time);
            assertThat(quarantined(fixture)).hasSize(time);
        }
    }

    @Test
    void cutsWhatWasNeverDurableAndKeepsNothingOfIt() throws IOException {
        LogFixture fixture = written(Disk.local(), "tail", 10);
        overwrite(fixture, positions.get(8) + 70, (byte) 0x55);
        fixture.openAfterCrash(8);
        assertThat(readOffsets(fixture)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(fixture.log.logEndOffset()).isEqualTo(8);
        assertThat(quarantined(fixture)).isEmpty();
    }

    @Test
    void keepsWhatDamagedTheEndOfALogThatWasStoppedCleanly() throws IOException {
        LogFixture fixture = written(Disk.local(), "clean", 5);
        long end = fixture.log.logEndOffset();
        fixture.log.close(fixture.time.nowMs());
        overwrite(fixture, positions.get(5), (byte) 1, (byte) 2, (byte) 3);
        fixture.open(new Hints(true, end, 0, 0, Long.MAX_VALUE, fixture.time.nowMs()));
        assertThat(readOffsets(fixture)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(quarantined(fixture))
                .singleElement()
                .satisfies(kept -> assertThat(kept).hasBinaryContent(new byte[] {1, 2, 3}));
    }

    @Test
    @Acceptance(107)
    void readsEveryBatchThatNoDamageHitWhereverItLies() {
        Seeds.forEach(100, random -> {
            LogFixture fixture = written(Disk.local(), "any" + random.nextLong(), 30);
            List<Long> expected = new ArrayList<>();
            for (long i = 0; i < 30; i++) {
                expected.add(i);
            }
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                expected.remove((Long) damageOne(fixture, random));
            }
            long end = fixture.log.logEndOffset();
            fixture.openAfterCrash(end);
            assertThat(readOffsets(fixture)).isEqualTo(expected);
            assertThat(fixture.log.logEndOffset())
                    .isEqualTo(expected.isEmpty() ? 0 : expected.get(expected.size() - 1) + 1);
        });
    }

    /** Gives the offset that was hit. */
    private long damageOne(LogFixture fixture, RandomGenerator random) throws IOException {
        int hit = random.nextInt(30);
        // Not in the leader's epoch, which no checksum covers; offset, size, format and all behind it are checked.
        int from = positions.get(hit) + (random.nextBoolean() ? BatchHeader.CRC_COVERS_FROM : 8);
        int bytes = random.nextBoolean() ? 4 : positions.get(hit + 1) - from;
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        noise[0] |= (byte) 0x81;
        overwrite(fixture, from, noise);
        return hit;
    }

    @Test
    @Acceptance(107)
    void losesNothingWhenTheMachineStopsWhileDamageIsSetAside() throws IOException {
        for (int failAt = 1; ; failAt++) {
            FaultyDisk disk = new FaultyDisk(Disk.local());
            LogFixture fixture = written(disk, "stop" + failAt, 10);
            overwrite(fixture, positions.get(3) + 70, (byte) 0x55);
            disk.failFrom(failAt);
            try {
                fixture.openAfterCrash(10);
            } catch (IOException stopped) {
                assertThat(disk.faultReached()).isTrue();
            }
            boolean reached = disk.faultReached();
            disk.heal();
            fixture.openAfterCrash(10);
            assertThat(readOffsets(fixture))
                    .as("stop at %s", failAt)
                    .containsExactly(0L, 1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(quarantined(fixture)).hasSize(1);
            if (!reached) {
                assertThat(failAt).isGreaterThan(6);
                return;
            }
        }
    }
}
