package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThread;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogManagerTest {
    private static final Uuid TOPIC_ID = new Uuid(0x0102030405064708L, 0x8000000000000001L);
    private static final TopicPartition PARTITION = new TopicPartition("a-b.c_d", 7);

    @TempDir
    Path root;

    private final SimulatedTime time = new SimulatedTime();
    private final RecordedFaults faults = new RecordedFaults();
    private final ThreadPools pools = new ThreadPools();
    private final SameThread diskIo = new SameThread();
    private final List<String> failures = new ArrayList<>();
    private Disk disk = Disk.local();
    private LogConfig config = LogConfig.defaults();

    @AfterEach
    void close() {
        pools.close();
        assertThat(faults.faults()).isEmpty();
    }

    private LogManager manager(String... directories) {
        return new LogManager(
                LogManagerSettings.defaults(
                        Stream.of(directories).map(root::resolve).toList()),
                disk,
                time,
                time,
                pools,
                diskIo,
                Seeds.random(1),
                faults,
                (directory, partitions, lastOne) ->
                        failures.add(directory.path().getFileName() + " " + partitions + " " + lastOne));
    }

    private LogManager started(String... directories) throws IOException {
        LogManager manager = manager(directories);
        manager.start(topic -> config);
        return manager;
    }

    @Test
    @Acceptance({87, 88})
    void leavesTheFilesOfACleanStop() throws IOException {
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        log.beginLeaderEpoch(0);
        append(log);
        log.updateHighWatermark(1);
        assertThat(root.resolve("d/.lock")).hasSize(0);
        manager.close();
        Path directory = root.resolve("d");
        assertThat(directory.resolve(".kafka_cleanshutdown")).hasContent("{\"version\":0,\"brokerEpoch\":-1}");
        assertThat(Files.readString(directory.resolve("recovery-point-offset-checkpoint")))
                .isEqualTo("0\n1\na-b.c_d 7 1\n");
        assertThat(Files.readString(directory.resolve("replication-offset-checkpoint")))
                .isEqualTo("0\n1\na-b.c_d 7 1\n");
        assertThat(Files.readString(directory.resolve("log-start-offset-checkpoint")))
                .isEqualTo("0\n0\n");
        assertThat(directory.resolve("cleaner-offset-checkpoint")).hasSize(0);
        assertThat(directory.resolve(".lock")).doesNotExist();
        assertThat(Files.readString(directory.resolve("a-b.c_d-7/partition.metadata")))
                .isEqualTo("version: 0\ntopic_id: " + TOPIC_ID);
        assertThat(directory.resolve("a-b.c_d-7/00000000000000000001.snapshot")).hasSize(10);
    }

    @Test
    void opensWhatItClosed() throws IOException {
        LogManager first = started("d");
        PartitionLog log = first.create(PARTITION, TOPIC_ID, config);
        append(log);
        append(log);
        log.updateHighWatermark(2);
        log.deleteRecordsBefore(1);
        first.close();
        LogManager second = started("d");
        PartitionLog again = second.logFor(PARTITION);
        assertThat(again.logStartOffset()).isEqualTo(1);
        assertThat(again.logEndOffset()).isEqualTo(2);
        assertThat(again.highWatermark()).isEqualTo(2);
        assertThat(again.topicId()).isEqualTo(TOPIC_ID);
        assertThat(root.resolve("d/.kafka_cleanshutdown")).doesNotExist();
        second.close();
    }

    @Test
    @Acceptance(4)
    void alternatesBetweenDirectories() throws IOException {
        LogManager manager = started("one", "two");
        for (int i = 0; i < 6; i++) {
            manager.create(new TopicPartition("t", i), TOPIC_ID, config);
        }
        for (LogDirectory directory : manager.directories()) {
            assertThat(manager.logsIn(directory)).hasSize(3);
        }
        manager.close();
    }

    @Test
    void refusesADirectoryThatAnotherProcessHolds() throws IOException {
        LogManager holder = started("d");
        assertThatThrownBy(() -> started("d"))
                .isInstanceOf(DirectoryLockedException.class)
                .hasMessageContaining("in use by another process");
        assertThat(root.resolve("d/.lock")).exists();
        holder.close();
        started("d").close();
    }

    @Test
    void renamesADeletedPartitionAtOnceAndRemovesItLater() throws IOException {
        LogManager manager = started("d");
        manager.create(PARTITION, TOPIC_ID, config);
        manager.delete(PARTITION);
        assertThat(manager.logFor(PARTITION)).isNull();
        assertThat(children("d")).singleElement().asString().matches("a-b.c_d-7\\.[0-9a-f]{32}-delete");
        append(manager.create(PARTITION, TOPIC_ID, config));
        time.advanceMs(60_000);
        assertThat(children("d")).containsExactly("a-b.c_d-7");
        manager.close();
    }

    @Test
    void removesPartitionsThatAnEarlierLifeDeleted() throws IOException {
        Path left = root.resolve("d/gone-0.0123456789abcdef0123456789abcdef-delete");
        Files.createDirectories(left);
        Files.writeString(left.resolve("00000000000000000000.log"), "");
        LogManager manager = started("d");
        assertThat(manager.logs()).isEmpty();
        time.advanceMs(60_000);
        assertThat(left).doesNotExist();
        manager.close();
    }

    @Test
    void refusesToStartOnADirectoryThatIsNoPartition() throws IOException {
        Files.createDirectories(root.resolve("d/lost+found"));
        assertThatThrownBy(() -> started("d")).isInstanceOf(IOException.class).hasMessageContaining("lost+found");
        Files.delete(root.resolve("d/lost+found"));
        Files.createDirectories(root.resolve("d/remote-log-index-cache"));
        Files.createDirectories(root.resolve("d/__cluster_metadata-0"));
        started("d").close();
    }

    @Test
    void refusesTwoDirectoriesWithTheSamePartition() throws IOException {
        for (String directory : List.of("one", "two")) {
            LogManager alone = started(directory);
            append(alone.create(PARTITION, new Uuid(1, directory.hashCode()), config));
            alone.close();
        }
        assertThatThrownBy(() -> started("one", "two")).hasMessageContaining("remove one of them");
    }

    @Test
    void goesOnWithoutDamagedCheckpoints() throws IOException {
        LogManager first = started("d");
        append(first.create(PARTITION, TOPIC_ID, config));
        first.close();
        for (String checkpoint : List.of("recovery-point", "replication", "log-start")) {
            Files.writeString(root.resolve("d/" + checkpoint + "-offset-checkpoint"), "0\n5\nnonsense\n");
        }
        LogManager second = started("d");
        assertThat(second.logFor(PARTITION).logEndOffset()).isEqualTo(1);
        assertThat(failures).isEmpty();
        second.close();
    }

    @Test
    void writesCheckpointsOnlyWhereSomethingMoved() throws IOException {
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        append(log);
        log.updateHighWatermark(1);
        Path checkpoint = root.resolve("d/replication-offset-checkpoint");
        time.advanceMs(5_000);
        assertThat(Files.readString(checkpoint)).isEqualTo("0\n1\na-b.c_d 7 1\n");
        Files.delete(checkpoint);
        time.advanceMs(10_000);
        assertThat(checkpoint).doesNotExist();
        append(log);
        log.updateHighWatermark(2);
        time.advanceMs(5_000);
        assertThat(Files.readString(checkpoint)).isEqualTo("0\n1\na-b.c_d 7 2\n");
        manager.close();
    }

    @Test
    void writesACheckpointLaterThatAFullDiskRefused() throws IOException {
        FaultyDisk full = new FaultyDisk(Disk.local());
        disk = full;
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        append(log);
        log.updateHighWatermark(1);
        full.fillUp();
        time.advanceMs(5_000);
        full.heal();
        time.advanceMs(5_000);
        assertThat(Files.readString(root.resolve("d/replication-offset-checkpoint")))
                .isEqualTo("0\n1\na-b.c_d 7 1\n");
        assertThat(failures).isEmpty();
        manager.close();
    }

    @Test
    @Acceptance({93, 108})
    void deletesExpiredSegmentsThatNobodyReads() throws IOException {
        config = LogConfig.builder().retentionMs(1_000).build();
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        append(log);
        log.updateHighWatermark(1);
        time.advanceMs(30_000);
        assertThat(log.logStartOffset()).isEqualTo(1);
        time.advanceMs(60_000);
        assertThat(children("d/a-b.c_d-7")).noneMatch(name -> name.endsWith(".deleted"));
        manager.close();
    }

    @Test
    void flushesWhenTheTimeLimitOfATopicHasPassed() throws IOException {
        config = LogConfig.builder().flushMs(3_000).build();
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        append(log);
        time.advanceMs(2_000);
        assertThat(log.flushedOffset()).isZero();
        time.advanceMs(2_000);
        assertThat(log.flushedOffset()).isEqualTo(1);
        manager.close();
    }

    @Test
    void flushesAfterSoManyRecords() throws IOException {
        config = LogConfig.builder().flushMessages(2).build();
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        append(log);
        assertThat(log.flushedOffset()).isZero();
        append(log);
        assertThat(log.flushedOffset()).isEqualTo(2);
        manager.close();
    }

    @Test
    void losesABrokenDirectoryAloneAndRecoversItAtTheNextStart() throws IOException {
        FaultyDisk faulty = new FaultyDisk(Disk.local());
        disk = faulty;
        LogManager manager = started("one", "two");
        PartitionLog broken = manager.create(new TopicPartition("t", 0), TOPIC_ID, config);
        PartitionLog whole = manager.create(new TopicPartition("t", 1), TOPIC_ID, config);
        append(broken);
        faulty.failOnceAt(1);
        broken.appendAsLeader(TestBatches.batch(1, "lost"), 0, AppendOrigin.CLIENT, 1);
        assertThat(failures).containsExactly("one [t-0] false");
        assertThat(manager.liveDirectories()).hasSize(1);
        append(whole);
        assertThat(manager.create(new TopicPartition("t", 2), TOPIC_ID, config).directory())
                .isEqualTo(whole.directory());
        manager.close();
        assertThat(root.resolve("one/.kafka_cleanshutdown")).doesNotExist();
        assertThat(root.resolve("one/.lock")).exists();
        assertThat(root.resolve("two/.kafka_cleanshutdown")).exists();
        LogManager second = started("one", "two");
        assertThat(second.logFor(new TopicPartition("t", 0)).logEndOffset()).isEqualTo(1);
        second.close();
    }

    @Test
    void tellsWhereALogBeginsAlsoOnceTheSegmentsBeforeLeft() throws IOException {
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        append(log);
        log.roll(time.nowMs());
        append(log);
        log.updateHighWatermark(2);
        assertThat(log.deleteRecordsBefore(1)).isEqualTo(ErrorCode.NONE);
        assertThat(log.deleteOldSegments(time.nowMs())).isEqualTo(1);
        manager.close();
        assertThat(Files.readString(root.resolve("d/log-start-offset-checkpoint")))
                .isEqualTo("0\n1\na-b.c_d 7 1\n");
    }

    @Test
    void tellsAtOnceWhereALogBeginsOnceRecordsWereDeleted() throws IOException {
        LogManager manager = started("d");
        PartitionLog log = manager.create(PARTITION, TOPIC_ID, config);
        for (int i = 0; i < 3; i++) {
            append(log);
        }
        log.updateHighWatermark(3);
        assertThat(log.deleteRecordsBefore(2)).isEqualTo(ErrorCode.NONE);
        assertThat(Files.readString(root.resolve("d/log-start-offset-checkpoint")))
                .isEqualTo("0\n1\na-b.c_d 7 2\n");
        manager.close();
    }

    @Test
    void losesNothingWhenTheProcessIsKilled() throws IOException {
        config = LogConfig.builder().segmentBytes(300).build();
        LogManager killed = started("d");
        for (int i = 0; i < 5; i++) {
            PartitionLog log = killed.create(new TopicPartition("t", i), TOPIC_ID, config);
            log.beginLeaderEpoch(i);
            for (int j = 0; j < 10 * i; j++) {
                append(log);
            }
            log.updateHighWatermark(log.logEndOffset());
        }
        time.advanceMs(5_000);
        copy(root.resolve("d"), root.resolve("copy"));
        LogManager again = started("copy");
        for (int i = 0; i < 5; i++) {
            PartitionLog log = again.logFor(new TopicPartition("t", i));
            assertThat(log.logEndOffset()).isEqualTo(10 * i);
            assertThat(log.highWatermark()).isEqualTo(10 * i);
            assertThat(log.leaderEpochs().latestEpoch()).isEqualTo(i == 0 ? LeaderEpochs.NO_EPOCH : i);
            append(log);
        }
        again.close();
        killed.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void keepsOpenFilesBounded() throws IOException {
        LogManager manager = new LogManager(
                new LogManagerSettings(
                        List.of(root.resolve("d")),
                        2,
                        20,
                        1 << 20,
                        32 << 20,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        CleanerSettings.defaults()),
                disk,
                time,
                time,
                pools,
                diskIo,
                Seeds.random(1),
                faults,
                (directory, partitions, lastOne) -> {});
        manager.start(topic -> config);
        for (int i = 0; i < 100; i++) {
            manager.create(new TopicPartition("t", i), TOPIC_ID, config);
        }
        for (int round = 0; round < 3; round++) {
            for (PartitionLog log : manager.logs()) {
                append(log);
                LogFixture.bytes(log.read(round, 100, true, round + 1));
            }
        }
        PartitionLog any = manager.logFor(new TopicPartition("t", 5));
        assertThat(any.logEndOffset()).isEqualTo(3);
        assertThat(any.resources().segments().openFiles()).isLessThanOrEqualTo(20);
        manager.close();
    }

    private void append(PartitionLog log) {
        AppendOutcome outcome = log.appendAsLeader(
                TestBatches.batch(time.nowMs(), "value"),
                Math.max(0, log.leaderEpochs().latestEpoch()),
                AppendOrigin.CLIENT,
                time.nowMs());
        assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
    }

    private List<String> children(String directory) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("-") && !name.endsWith("checkpoint") || directory.contains("/"))
                    .sorted()
                    .toList();
        }
    }
}
