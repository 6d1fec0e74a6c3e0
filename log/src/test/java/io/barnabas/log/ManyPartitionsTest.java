package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.cleaner.CleanerSettings;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThread;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many partitions cost: files, waiting, operations of the disk. {@code ./barnabas bench partitions-20000} has more. */
class ManyPartitionsTest {
    private static final Uuid TOPIC_ID = new Uuid(1, 2);
    private static final int PARTITIONS = 2_000;
    private static final int MAX_OPEN = 50;
    private static final int RECOVERY_THREADS = 2;

    /** Each has a file in use, and another one open besides. */
    private static final int CLOSING_THREADS = 8;

    @TempDir
    Path root;

    private final SimulatedTime time = new SimulatedTime();
    private final RecordedFaults faults = new RecordedFaults();
    private final ThreadPools pools = new ThreadPools();
    private final CountingDisk disk = new CountingDisk();

    @AfterEach
    void close() {
        pools.close();
        assertThat(faults.faults()).isEmpty();
    }

    private LogManager started() throws IOException {
        LogManager manager = new LogManager(
                new LogManagerSettings(
                        List.of(root.resolve("d")),
                        RECOVERY_THREADS,
                        MAX_OPEN,
                        1 << 20,
                        32 << 20,
                        300_000,
                        60_000,
                        5_000,
                        60_000,
                        86_400_000,
                        600_000,
                        CleanerSettings.defaults()),
                disk,
                time,
                time,
                pools,
                new SameThread(),
                Seeds.random(1),
                faults,
                (directory, partitions, lastOne) -> {});
        manager.start(topic -> LogConfig.defaults());
        return manager;
    }

    private static void create(LogManager manager, int partitions) throws IOException {
        for (int i = 0; i < partitions; i++) {
            PartitionLog log = manager.create(new TopicPartition("t", i), TOPIC_ID, LogConfig.defaults());
            log.beginLeaderEpoch(0);
            log.showLeaderEpoch();
        }
    }

    private void append(PartitionLog log) {
        AppendOutcome outcome =
                log.appendAsLeader(TestBatches.batch(time.nowMs(), "value"), 0, AppendOrigin.CLIENT, time.nowMs());
        assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
    }

    @Test
    @Acceptance(23)
    void holdsNoMoreFilesOpenThanItMayHoweverManyPartitionsThereAre() throws IOException {
        LogManager first = started();
        create(first, PARTITIONS);
        first.logs().forEach(this::append);
        first.close();
        LogManager second = started();
        assertThat(second.logs()).hasSize(PARTITIONS);
        for (PartitionLog log : second.logs()) {
            append(log);
            LogFixture.bytes(log.read(0, 1_000, true, 2));
            assertThat(log.logEndOffset()).isEqualTo(2);
        }
        assertThat(disk.mostOpen()).isLessThanOrEqualTo(MAX_OPEN + 2 * CLOSING_THREADS);
        second.close();
    }

    @Test
    @Acceptance(23)
    void holdsNoFilesOpenOfPartitionsThatNobodyUses() throws IOException {
        LogManager manager = started();
        create(manager, 20);
        manager.logs().forEach(this::append);
        assertThat(disk.openFiles()).isEqualTo(20);
        time.advanceMs(20_000);
        assertThat(disk.openFiles()).isZero();
        PartitionLog used = manager.logFor(new TopicPartition("t", 7));
        append(used);
        assertThat(disk.openFiles()).isEqualTo(1);
        assertThat(used.logEndOffset()).isEqualTo(2);
        manager.close();
    }

    @Test
    void makesAPartitionAndItsFirstLeaderWithoutWaitingForTheDisk() throws IOException {
        LogManager manager = started();
        disk.reset();
        create(manager, 100);
        assertThat(disk.directoriesSynced()).isZero();
        manager.close();
    }

    @Test
    void closesIdlePartitionsWithoutWaitingForTheDisk() throws IOException {
        LogManager first = started();
        create(first, 100);
        first.logs().forEach(this::append);
        first.close();
        LogManager second = started();
        second.logs().forEach(log -> log.beginLeaderEpoch(1));
        disk.reset();
        second.close();
        // Those of the log directory itself: three checkpoints and the marker of a clean stop.
        assertThat(disk.directoriesSynced()).isEqualTo(4);
    }

    @Test
    void asksLittleOfTheDiskWhenItStartsAfterACleanStop() throws IOException {
        LogManager first = started();
        create(first, 100);
        first.logs().forEach(this::append);
        first.close();
        disk.reset();
        LogManager second = started();
        // Epochs, topic id, producers; two indexes to read and to grow; the end of the log.
        assertThat(disk.opened()).isLessThanOrEqualTo(8 * 100 + 20);
        second.close();
    }
}
