package io.barnabas.log;

import static io.barnabas.wire.ErrorCode.CORRUPT_MESSAGE;
import static io.barnabas.wire.ErrorCode.KAFKA_STORAGE_ERROR;
import static io.barnabas.wire.ErrorCode.NONE;
import static io.barnabas.wire.ErrorCode.OFFSET_OUT_OF_RANGE;
import static io.barnabas.wire.ErrorCode.RECORD_LIST_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.ReadOutcome.OutOfRange;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void stampsOffsetAndEpochIntoTheBatch() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        LogFixture fixture = LogFixture.opened(root, SMALL);
        fixture.appended(TestBatches.batch(5, "other"));
        fixture.appended(TestBatches.idempotent(7, 0, 0, 3, 77));
        fixture.closeAndOpen();
        assertThat(fixture.append(TestBatches.idempotent(7, 0, 0, 3, 77))).isEqualTo(new Appended(1, 3, 77, true));
        assertThat(fixture.log.logEndOffset()).isEqualTo(4);
    }

    @Test
    void refusesWhatDoesNotFitASegment() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
        assertThat(LogFixture.error(fixture.append(TestBatches.ofSize(0, 1_000))))
                .isEqualTo(RECORD_LIST_TOO_LARGE);
        assertThat(fixture.log.logEndOffset()).isZero();
    }

    @Test
    void readsExactlyWhatKafkaClientsUnderstand() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        LogFixture fixture = LogFixture.opened(
                root, LogConfig.builder().segmentBytes(60 << 20).build());
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
    void takesTheLeadersBatchesAsTheyAre() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        assertThat(LogFixture.error(fixture.log.appendAsFollower(first, 0))).isEqualTo(OFFSET_OUT_OF_RANGE);
    }

    @Test
    void findsEachBatchOfAnAppendOfSeveralAlsoByTheIndexFile() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
        LogFixture fixture = LogFixture.opened(root, SMALL);
        ByteBuf batch = TestBatches.batch(1, "value");
        for (int i = 16; i < batch.readableBytes(); i++) {
            ByteBuf damaged = batch.copy().setByte(i, batch.getByte(i) ^ 1);
            assertThat(LogFixture.error(fixture.log.appendAsFollower(damaged, 0)))
                    .as("byte %s", i)
                    .isEqualTo(CORRUPT_MESSAGE);
        }
        ByteBuf noLength = batch.copy().setInt(8, -12);
        assertThat(LogFixture.error(fixture.log.appendAsFollower(noLength, 0))).isEqualTo(CORRUPT_MESSAGE);
        assertThat(fixture.log.logEndOffset()).isZero();
    }

    @Test
    void keepsTheLastStableOffsetBeforeAnOpenTransactionAlsoAfterARestart() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
    void truncatesToTheMiddleOfASegment() throws IOException {
        LogFixture fixture = LogFixture.opened(root, SMALL);
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
            assertThat(LogFixture.error(fixture.append(TestBatches.batch(1, "refused"))))
                    .isEqualTo(KAFKA_STORAGE_ERROR);
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
    void takesItsDirectoryOfflineWhenTheDiskBreaks() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = new LogFixture(disk, root, SMALL);
        fixture.openNew();
        fixture.appended(TestBatches.batch(1, "before"));
        disk.failOnceAt(1);
        assertThat(LogFixture.error(fixture.append(TestBatches.batch(1, "lost"))))
                .isEqualTo(KAFKA_STORAGE_ERROR);
        assertThat(fixture.failures.all).containsExactly(fixture.home);
        assertThat(LogFixture.error(fixture.append(TestBatches.batch(1, "late"))))
                .isEqualTo(KAFKA_STORAGE_ERROR);
        assertThat(fixture.log.read(0, 10, true, 1)).isInstanceOf(ReadOutcome.Unreadable.class);
    }
}
