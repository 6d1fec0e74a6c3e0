package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LogRecovery.Hints;
import io.barnabas.log.OldBatches.Known;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of old brokers, with messages of formats 0 and 1 beside batches of format 2, compared with a list. */
class OldFormatsTest {
    @TempDir
    Path root;

    @Test
    @Acceptance(102)
    void servesWhatOldBrokersLeftWithOrWithoutIndexesAfterAnyKindOfStop() {
        Seeds.forEach(120, random -> {
            LogFixture fixture = fixture(random);
            OldBatches old = writeSegments(fixture, random);
            boolean clean = random.nextBoolean();
            fixture.open(new Hints(clean, clean ? old.nextOffset() : 0, 0, 0, Long.MAX_VALUE, 5_000));
            checkAll(fixture, old);
            fixture.closeAndOpen();
            checkAll(fixture, old);
        });
    }

    @Test
    void goesOnInFormat2AndKeepsWhatIsThere() {
        Seeds.forEach(60, random -> {
            LogFixture fixture = fixture(random);
            OldBatches old = writeSegments(fixture, random);
            fixture.open(new Hints(true, old.nextOffset(), 0, 0, Long.MAX_VALUE, 5_000));
            AppendOutcome.Appended appended = fixture.appended(TestBatches.batch(9_000, "new", "newer"));
            assertThat(appended.baseOffset()).isEqualTo(old.nextOffset());
            assertThat(offsets(fixture.read(old.nextOffset(), 1 << 20)))
                    .containsExactly(old.nextOffset(), old.nextOffset() + 1);
            assertThat(fixture.log.leaderEpochs().latestEpoch()).isZero();
            fixture.openAfterCrash(random.nextLong(old.nextOffset() + 1));
            assertThat(fixture.log.logEndOffset()).isEqualTo(old.nextOffset() + 2);
            checkReads(fixture, old);
        });
    }

    @Test
    void takesOldBatchesFromALeader() {
        Seeds.forEach(60, random -> {
            LogFixture fixture = fixture(random);
            fixture.openNew();
            OldBatches old = new OldBatches(random, 0);
            for (int i = 1 + random.nextInt(25); i > 0; i--) {
                ByteBuf batches = old.next();
                assertThat(fixture.log.appendAsFollower(batches, 5_000)).isInstanceOf(AppendOutcome.Appended.class);
            }
            checkAll(fixture, old);
            fixture.openAfterCrash(0);
            checkAll(fixture, old);
        });
    }

    @Test
    void cutsAtTheBatchThatHoldsTheOffset() {
        Seeds.forEach(60, random -> {
            LogFixture fixture = fixture(random);
            OldBatches old = writeSegments(fixture, random);
            fixture.open(new Hints(true, old.nextOffset(), 0, 0, Long.MAX_VALUE, 5_000));
            long cut = random.nextLong(old.nextOffset() + 1);
            fixture.log.truncateTo(cut, 6_000);
            assertThat(fixture.log.logEndOffset()).isEqualTo(Math.min(cut, old.nextOffset()));
            List<Long> left = cut == 0 ? List.of() : offsets(fixture.read(0, 1 << 20));
            assertThat(left).allMatch(offset -> offset < cut);
            fixture.openAfterCrash(0);
            assertThat(fixture.log.logEndOffset()).isLessThanOrEqualTo(cut);
        });
    }

    @Test
    void cutsATornMessageOffAfterACrash() {
        Seeds.forEach(60, random -> {
            LogFixture fixture = fixture(random);
            OldBatches old = new OldBatches(random, 0);
            ByteBuf whole = Unpooled.buffer();
            for (int i = random.nextInt(5); i > 0; i--) {
                whole.writeBytes(old.next());
            }
            long end = old.nextOffset();
            ByteBuf torn = old.next();
            long lastOfTorn = old.nextOffset() - 1;
            torn.writerIndex(1 + random.nextInt(torn.readableBytes() - 1));
            write(fixture, 0, Unpooled.wrappedBuffer(whole, torn));
            fixture.open(new Hints(false, 0, 0, 0, Long.MAX_VALUE, 5_000));
            assertThat(fixture.log.logEndOffset()).isBetween(end, lastOfTorn);
            ByteBuf left = fixture.read(0, 1 << 20);
            assertThat(Files.size(fixture.path.resolve("00000000000000000000.log")))
                    .isEqualTo(left.readableBytes());
        });
    }

    private LogFixture fixture(RandomGenerator random) throws IOException {
        LogConfig config = LogConfig.builder()
                .segmentBytes(random.nextInt(600, 3_000))
                .indexIntervalBytes(random.nextInt(1, 400))
                .build();
        return new LogFixture(root.resolve(Long.toString(random.nextLong())), config);
    }

    /** Segments as files, most of them without their indexes, as if somebody had lost them or never known them. */
    private static OldBatches writeSegments(LogFixture fixture, RandomGenerator random) throws IOException {
        OldBatches old = new OldBatches(random, 0);
        for (int segments = 1 + random.nextInt(4); segments > 0; segments--) {
            long base = old.nextOffset();
            ByteBuf bytes = Unpooled.buffer();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                bytes.writeBytes(old.next());
            }
            write(fixture, base, bytes);
        }
        return old;
    }

    private static void write(LogFixture fixture, long base, ByteBuf bytes) throws IOException {
        byte[] content = new byte[bytes.readableBytes()];
        bytes.readBytes(content);
        Files.write(fixture.path.resolve(String.format("%020d.log", base)), content);
    }

    private static void checkAll(LogFixture fixture, OldBatches old) throws IOException {
        assertThat(fixture.log.logEndOffset()).isEqualTo(old.nextOffset());
        checkReads(fixture, old);
        fixture.log.updateHighWatermark(old.nextOffset());
        for (long timestamp = 0; timestamp < 1_400; timestamp += 23) {
            Known expected = old.first(0, timestamp);
            assertThat(fixture.log.offsetByTimestamp(timestamp))
                    .as("time %s", timestamp)
                    .isEqualTo(known(expected));
        }
    }

    private static TimestampedOffset known(Known record) {
        return record == null
                ? null
                : new TimestampedOffset(record.timestamp(), record.offset(), record.magic() < 2 ? -1 : 0);
    }

    private static void checkReads(LogFixture fixture, OldBatches old) throws IOException {
        for (Known record : old.records()) {
            List<Long> read = offsets(fixture.read(record.offset(), 1));
            assertThat(read).as("one batch, with offset %s", record.offset()).contains(record.offset());
        }
    }

    private static List<Long> offsets(ByteBuf batches) {
        List<Long> offsets = new ArrayList<>();
        try (RecordIterator records = new RecordIterator(batches, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                offsets.add(record.offset());
            }
        }
        return offsets;
    }
}
