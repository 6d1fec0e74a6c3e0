package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.CORRUPT_MESSAGE;
import static io.barnabas.wire.ErrorCode.KAFKA_STORAGE_ERROR;
import static io.barnabas.wire.ErrorCode.NONE;
import static io.barnabas.wire.ErrorCode.OFFSET_OUT_OF_RANGE;
import static io.barnabas.wire.ErrorCode.RECORD_LIST_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.AppendOutcome.Rejected;
import io.barnabas.log.ReadOutcome.OutOfRange;
import io.barnabas.log.file.LogFiles;
import io.barnabas.log.segment.SegmentScan;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionLogTest {
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(1_000)
            .indexIntervalBytes(100)
            .retentionMs(-1)
            .build();

    @TempDir
    Path root;

    private LogFixture open(LogConfig config) throws IOException {
        LogFixture fixture = new LogFixture(root, config);
        fixture.openNew();
        return fixture;
    }

    @Test
    void stampsOffsetAndEpochIntoTheBatch() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.batch(5, "a", "b", "c"));
        ByteBuf batch = TestBatches.batch(5, "d", "e");
        assertThat(fixture.log.appendAsLeader(batch, 4, AppendOrigin.CLIENT, 0))
                .isEqualTo(new Appended(3, 4, -1, false));
        assertThat(BatchHeader.baseOffset(batch, 0)).isEqualTo(3);
        assertThat(BatchHeader.leaderEpoch(batch, 0)).isEqualTo(4);
        assertThat(fixture.log.leaderEpochs().latestEpoch()).isEqualTo(4);
    }

    @Test
    void answersARetryOfAnIdempotentProducerAlsoAfterACleanRestart() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.batch(5, "other"));
        fixture.appended(TestBatches.idempotent(7, 0, 0, 3, 77));
        fixture.closeAndOpen();
        assertThat(fixture.append(TestBatches.idempotent(7, 0, 0, 3, 77))).isEqualTo(new Appended(1, 3, 77, true));
        assertThat(fixture.log.logEndOffset()).isEqualTo(4);
    }

    @Test
    void refusesWhatDoesNotFitASegment() throws IOException {
        LogFixture fixture = open(SMALL);
        assertThat(error(fixture.append(TestBatches.ofSize(0, 1_000)))).isEqualTo(RECORD_LIST_TOO_LARGE);
        assertThat(fixture.log.logEndOffset()).isZero();
    }

    @Test
    void readsExactlyWhatKafkaClientsUnderstand() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.batch(5, "a", "b"));
        fixture.appended(TestBatches.batch(6, "c"));
        MemoryRecords records =
                MemoryRecords.readableRecords(fixture.read(0, 10_000).nioBuffer());
        assertThat(records.records())
                .extracting(org.apache.kafka.common.record.internal.Record::offset)
                .containsExactly(0L, 1L, 2L);
        records.batches().forEach(batch -> batch.ensureValid());
    }

    @Test
    @Acceptance(101)
    void cutsASliceAtTheBytesAskedForButGivesAWholeFirstBatch() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.ofSize(0, 300));
        fixture.appended(TestBatches.ofSize(0, 300));
        int batch = fixture.read(0, 10_000).readableBytes() / 2;
        assertThat(fixture.read(0, 10).readableBytes()).isEqualTo(batch);
        assertThat(fixture.read(0, batch + 50).readableBytes()).isEqualTo(batch + 50);
        assertThat(LogFixture.bytes(fixture.log.read(0, 10, false, Long.MAX_VALUE))
                        .readableBytes())
                .isEqualTo(10);
        assertThat(LogFixture.bytes(fixture.log.read(1, 10_000, true, 1)).readableBytes())
                .isZero();
    }

    @Test
    void readsNothingFromTheEndOffsetOn() throws IOException {
        LogFixture fixture = open(SMALL);
        for (int i = 0; i < 10; i++) {
            fixture.appended(TestBatches.batch(i, "value"));
        }
        int batch = fixture.read(0, 1).readableBytes();
        for (int limit = 0; limit <= 10; limit++) {
            assertThat(LogFixture.bytes(fixture.log.read(0, 10_000, true, limit))
                            .readableBytes())
                    .isEqualTo(limit * batch);
        }
    }

    @Test
    void knowsWhatIsOutOfRange() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.batch(0, "a", "b", "c"));
        fixture.log.updateHighWatermark(3);
        assertThat(fixture.log.deleteRecordsBefore(2)).isEqualTo(NONE);
        assertThat(fixture.log.read(1, 10, true, 3)).isEqualTo(new OutOfRange(2, 3));
        assertThat(fixture.log.read(4, 10, true, 3)).isEqualTo(new OutOfRange(2, 3));
        assertThat(fixture.log.deleteRecordsBefore(4)).isEqualTo(OFFSET_OUT_OF_RANGE);
        assertThat(fixture.log.deleteRecordsBefore(-1)).isEqualTo(NONE);
        assertThat(fixture.log.logStartOffset()).isEqualTo(3);
    }

    @Test
    void sendsReadsOfOldRecordsToTheDiskPool() throws IOException {
        LogFixture fixture = open(LogConfig.builder().segmentBytes(60 << 20).build());
        for (int i = 0; i < 40; i++) {
            fixture.appended(TestBatches.ofSize(0, 1 << 20));
        }
        assertThat(fixture.log.read(0, 100, true, Long.MAX_VALUE)).isEqualTo(ReadOutcome.Cold.INSTANCE);
        assertThat(fixture.read(0, 100).readableBytes()).isGreaterThan(1 << 20);
        assertThat(LogFixture.bytes(fixture.log.read(0, 100, true, Long.MAX_VALUE))
                        .readableBytes())
                .as("what came from the disk is in memory then")
                .isGreaterThan(1 << 20);
        assertThat(fixture.log.read(10, 100, true, Long.MAX_VALUE)).isEqualTo(ReadOutcome.Cold.INSTANCE);
        assertThat(LogFixture.bytes(fixture.log.read(39, 100, true, Long.MAX_VALUE))
                        .readableBytes())
                .isGreaterThan(1 << 20);
    }

    @Test
    @Acceptance({89, 92})
    void closesASegmentBeforeItGrowsTooLarge() throws IOException {
        LogFixture fixture = open(SMALL);
        for (int i = 0; i < 10; i++) {
            fixture.appended(TestBatches.ofSize(0, 300));
        }
        assertThat(names(".log"))
                .containsExactly(
                        "00000000000000000000.log",
                        "00000000000000000002.log",
                        "00000000000000000004.log",
                        "00000000000000000006.log",
                        "00000000000000000008.log");
        assertThat(names(".snapshot")).hasSize(4);
        assertThat(fixture.path.resolve("00000000000000000002.snapshot")).hasSize(10);
        assertThat(fixture.log.flushedOffset()).isEqualTo(8);
    }

    @Test
    @Acceptance(92)
    void closesASegmentByTheTimeOfItsRecords() throws IOException {
        LogFixture fixture = open(LogConfig.builder().segmentMs(1_000).build());
        fixture.appended(TestBatches.batch(5_000, "first"));
        fixture.appended(TestBatches.batch(6_000, "still"));
        assertThat(fixture.log.segmentCount()).isEqualTo(1);
        fixture.appended(TestBatches.batch(6_001, "next"));
        assertThat(fixture.log.segmentCount()).isEqualTo(2);
    }

    @Test
    void closesASegmentWhenAnIndexIsFull() throws IOException {
        LogFixture fixture = open(
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
        LogFixture fixture = open(LogConfig.defaults());
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
        LogFixture fixture = open(SMALL.toBuilder().preallocate(true).build());
        fixture.appended(TestBatches.ofSize(0, 300));
        int used = fixture.log.segments().active().sizeInBytes();
        assertThat(fixture.path.resolve("00000000000000000000.log")).hasSize(1_000);
        fixture.closeAndOpen();
        assertThat(fixture.path.resolve("00000000000000000000.log")).hasSize(used);
        assertThat(fixture.log.logEndOffset()).isEqualTo(1);
    }

    @Test
    @Acceptance(93)
    void deletesSegmentsWhoseYoungestRecordIsTooOld() throws IOException {
        LogFixture fixture = open(SMALL.toBuilder().retentionMs(1_000).build());
        long start = fixture.time.nowMs();
        for (int i = 0; i < 6; i++) {
            fixture.appended(TestBatches.ofSize(start + 100 * i, 300));
        }
        fixture.log.updateHighWatermark(6);
        assertThat(fixture.log.deleteOldSegments(start + 1_100)).isZero();
        assertThat(fixture.log.deleteOldSegments(start + 1_101)).isEqualTo(1);
        assertThat(fixture.log.logStartOffset()).isEqualTo(2);
        assertThat(names(".log.deleted")).containsExactly("00000000000000000000.log.deleted");
        fixture.time.advanceMs(60_000);
        assertThat(names(".deleted")).isEmpty();
    }

    @Test
    void deletesEverythingExpiredAndGoesOnInANewSegment() throws IOException {
        LogFixture fixture = open(SMALL.toBuilder().retentionMs(1_000).build());
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
        LogFixture fixture = open(SMALL.toBuilder().retentionBytes(1_500).build());
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
        LogFixture fixture = open(LogConfig.defaults());
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
        LogFixture fixture = open(SMALL.toBuilder().delete(false).compact(true).build());
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
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.ofSize(0, 300));
        ReadOutcome reading = fixture.log.read(0, 1_000, true, Long.MAX_VALUE);
        fixture.log.updateHighWatermark(1);
        fixture.log.roll(fixture.time.nowMs());
        fixture.log.deleteRecordsBefore(1);
        fixture.log.deleteOldSegments(fixture.time.nowMs());
        fixture.time.advanceMs(60_000);
        assertThat(LogFixture.bytes(reading).readableBytes()).isGreaterThan(300);
    }

    @Test
    void takesTheLeadersBatchesAsTheyAre() throws IOException {
        LogFixture fixture = open(SMALL);
        ByteBuf first = TestBatches.stamped(TestBatches.batch(1, "a", "b"), 10, 2);
        ByteBuf second = TestBatches.stamped(TestBatches.idempotent(7, 0, 41, 2, 1), 15, 3);
        ByteBuf both = Unpooled.wrappedBuffer(first, second, second.slice(0, 30));
        fixture.log.truncateFullyAndStartAt(10, 0);
        assertThat(fixture.log.appendAsFollower(both, 0)).isEqualTo(new Appended(10, 16, -1, false));
        assertThat(fixture.log.logEndOffset()).isEqualTo(17);
        assertThat(fixture.log.leaderEpochs().entries())
                .containsExactly(new LeaderEpochs.Entry(2, 10), new LeaderEpochs.Entry(3, 15));
        assertThat(fixture.log.producer(7).lastSequence()).isEqualTo(42);
        assertThat(fixture.read(12, 1_000).getLong(0)).isEqualTo(15);
        assertThat(error(fixture.log.appendAsFollower(first, 0))).isEqualTo(OFFSET_OUT_OF_RANGE);
    }

    @Test
    void findsEachBatchOfAnAppendOfSeveralAlsoByTheIndexFile() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.log.appendAsFollower(TestBatches.stamped(TestBatches.ofSize(5, 150), 0, 0), 0);
        ByteBuf several = Unpooled.buffer();
        for (int offset = 1; offset <= 3; offset++) {
            several.writeBytes(TestBatches.stamped(TestBatches.batch(5, "v" + offset), offset, 0));
        }
        fixture.log.appendAsFollower(several, 0);
        fixture.log.roll(0);
        fixture.closeAndOpen();
        for (int offset = 1; offset <= 3; offset++) {
            assertThat(BatchHeader.baseOffset(fixture.read(offset, 1), 0)).isEqualTo(offset);
        }
        fixture.log.truncateTo(3, 0);
        fixture.closeAndOpen();
        assertThat(fixture.log.logEndOffset()).isEqualTo(3);
    }

    @Test
    void refusesDamagedBatchesOfALeader() throws IOException {
        LogFixture fixture = open(SMALL);
        ByteBuf batch = TestBatches.batch(1, "value");
        for (int i = 16; i < batch.readableBytes(); i++) {
            ByteBuf damaged = batch.copy().setByte(i, batch.getByte(i) ^ 1);
            assertThat(error(fixture.log.appendAsFollower(damaged, 0)))
                    .as("byte %s", i)
                    .isEqualTo(CORRUPT_MESSAGE);
        }
        ByteBuf noLength = batch.copy().setInt(8, -12);
        assertThat(error(fixture.log.appendAsFollower(noLength, 0))).isEqualTo(CORRUPT_MESSAGE);
        assertThat(fixture.log.logEndOffset()).isZero();
    }

    @Test
    void keepsTheLastStableOffsetBeforeAnOpenTransactionAlsoAfterARestart() throws IOException {
        LogFixture fixture = open(SMALL);
        fixture.appended(TestBatches.batch(1, "plain"));
        fixture.appended(TestBatches.transactional(7, 0, 0, 1));
        fixture.log.updateHighWatermark(2);
        assertThat(fixture.log.lastStableOffset()).isEqualTo(1);
        fixture.closeAndOpen();
        assertThat(fixture.log.lastStableOffset()).isEqualTo(1);
        fixture.openAfterCrash(0);
        fixture.log.updateHighWatermark(2);
        assertThat(fixture.log.lastStableOffset()).isEqualTo(1);
        ByteBuf marker =
                TestBatches.heap(new EndTxnMarker(true, 1).build(7, (short) 0, 1, UnpooledByteBufAllocator.DEFAULT));
        fixture.log.appendAsLeader(marker, 0, AppendOrigin.COORDINATOR, 1);
        assertThat(fixture.log.lastStableOffset()).isEqualTo(1);
        fixture.log.updateHighWatermark(3);
        assertThat(fixture.log.lastStableOffset()).isEqualTo(3);
        fixture.closeAndOpen();
        assertThat(fixture.log.lastStableOffset()).isEqualTo(3);
    }

    @Test
    void finishesASegmentWhoseRecordsWereAllDurableWhenItWasClosed() throws IOException {
        LogFixture fixture = open(SMALL);
        for (int i = 0; i < 5; i++) {
            fixture.append(TestBatches.batch(1, "v"));
        }
        fixture.log.flush();
        fixture.log.roll(1);
        Path index = LogFiles.of(fixture.path, 0, LogFiles.OFFSET_INDEX);
        assertThat(Files.size(index)).as("its two entries, and no more").isEqualTo(2 * 8);
    }

    @Test
    void truncatesToTheMiddleOfASegment() throws IOException {
        LogFixture fixture = open(SMALL);
        for (int i = 0; i < 10; i++) {
            fixture.log.appendAsLeader(TestBatches.idempotent(7, 0, i, 1, i), i, AppendOrigin.CLIENT, 0);
        }
        fixture.log.updateHighWatermark(10);
        fixture.log.truncateTo(4, fixture.time.nowMs());
        assertThat(fixture.log.logEndOffset()).isEqualTo(4);
        assertThat(fixture.log.highWatermark()).isEqualTo(4);
        assertThat(fixture.log.leaderEpochs().latestEpoch()).isEqualTo(3);
        assertThat(fixture.log.producer(7).lastSequence()).isEqualTo(3);
        assertThat(fixture.appended(TestBatches.idempotent(7, 0, 4, 1, 0)).baseOffset())
                .isEqualTo(4);
    }

    @Test
    void refusesAppendsWhileTheDiskIsFullAndGoesOnWhenThereIsSpace() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = new LogFixture(disk, root, SMALL);
        fixture.openNew();
        fixture.appended(TestBatches.batch(1, "before"));
        long size = Files.size(fixture.path.resolve("00000000000000000000.log"));
        disk.fillUp();
        for (int i = 0; i < 30; i++) {
            assertThat(error(fixture.append(TestBatches.batch(1, "refused")))).isEqualTo(KAFKA_STORAGE_ERROR);
        }
        assertThat(fixture.path.resolve("00000000000000000000.log")).hasSize(size);
        assertThat(fixture.read(0, 100).readableBytes()).isEqualTo((int) size);
        disk.heal();
        assertThat(fixture.appended(TestBatches.batch(1, "after")).baseOffset()).isEqualTo(1);
        assertThat(fixture.failures.all).isEmpty();
        fixture.closeAndOpen();
        assertThat(fixture.log.logEndOffset()).isEqualTo(2);
    }

    @Test
    void leadsOnFromASegmentThatItBeganAsAFollowerForABatchThatDidNotFit() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = new LogFixture(disk, root, SMALL);
        fixture.openNew();
        fixture.log.appendAsFollower(TestBatches.stamped(TestBatches.ofSize(1, 900), 0, 0), 0);
        disk.fillUp();
        ByteBuf next = TestBatches.stamped(TestBatches.ofSize(1, 900), 7, 0);
        assertThat(error(fixture.log.appendAsFollower(next, 0))).isEqualTo(KAFKA_STORAGE_ERROR);
        disk.heal();
        assertThat(fixture.log.logEndOffset()).isEqualTo(1);
        assertThat(fixture.appended(TestBatches.batch(1, "mine")).baseOffset()).isEqualTo(1);
        assertThat(fixture.read(1, 1).getLong(0)).isEqualTo(1);
        fixture.closeAndOpen();
        assertThat(fixture.log.logEndOffset()).isEqualTo(2);
    }

    @Test
    void takesItsDirectoryOfflineWhenTheDiskBreaks() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = new LogFixture(disk, root, SMALL);
        fixture.openNew();
        fixture.appended(TestBatches.batch(1, "before"));
        disk.failOnceAt(1);
        assertThat(error(fixture.append(TestBatches.batch(1, "lost")))).isEqualTo(KAFKA_STORAGE_ERROR);
        assertThat(fixture.failures.all).containsExactly(fixture.home);
        assertThat(error(fixture.append(TestBatches.batch(1, "late")))).isEqualTo(KAFKA_STORAGE_ERROR);
        assertThat(fixture.log.read(0, 10, true, 1)).isInstanceOf(ReadOutcome.Unreadable.class);
    }

    @Test
    void keepsWhatFollowsADamagedBatchInAClosedSegment() throws IOException {
        LogFixture fixture = open(SMALL);
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
        LogFixture fixture = open(SMALL);
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
        LogFixture fixture = open(SMALL);
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
        LogFixture fixture = open(SMALL);
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
        assertThat(names(".log")).containsExactly("00000000000000000000.log", "00000000000000000004.log");
        assertThat(names(".swap")).isEmpty();
        assertThat(names(".cleaned")).isEmpty();
        assertThat(names(".deleted")).isEmpty();
        assertThat(fixture.read(0, 1).getLong(0)).isEqualTo(2);
        assertThat(fixture.log.logEndOffset()).isEqualTo(6);
    }

    private List<String> names(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(LogFixture.PARTITION.toString()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static ErrorCode error(AppendOutcome outcome) {
        return ((Rejected) outcome).error();
    }
}
