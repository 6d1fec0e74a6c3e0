package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.producer.Verification;
import io.barnabas.log.segment.Batches;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SameThread;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log forked from another: the same records up to a point, and from there on nothing that either does touches the other. */
class LogForkTest {
    private static final TopicPartition SOURCE = new TopicPartition("source", 0);
    private static final TopicPartition FORK = new TopicPartition("fork", 0);
    private static final Uuid ID = new Uuid(0x4000L, 0x8000000000000001L);
    private static final LogConfig SMALL = LogConfig.builder()
            .segmentBytes(700)
            .indexIntervalBytes(100)
            .retentionMs(-1)
            .build();
    private static final LogConfig LARGE = LogConfig.builder().retentionMs(-1).build();

    @TempDir
    Path root;

    private final SimulatedTime time = new SimulatedTime();
    private final RecordedFaults faults = new RecordedFaults();
    private final ThreadPools pools = new ThreadPools();
    private final FaultyDisk disk = new FaultyDisk(Disk.local());
    private LogManager manager;

    private int runs;

    /** Whether work is done that can wait. */
    private boolean runsLater = true;

    @AfterEach
    void close() {
        if (manager != null) {
            manager.close();
        }
        pools.close();
        assertThat(faults.faults()).isEmpty();
    }

    @Test
    void hasTheRecordsBeforeItsEndAndTheEpochsThatWroteThem() throws IOException {
        PartitionLog source = source(SMALL);
        append(source, 0, "a", "b");
        append(source, 1, "c");
        append(source, 5, "d", "e", "f");

        PartitionLog fork = fork(3);

        assertThat(records(fork)).isEqualTo(records(source).headMap(3L));
        assertThat(fork.logEndOffset()).isEqualTo(3);
        assertThat(fork.leaderEpochs().entries())
                .containsExactly(new LeaderEpochs.Entry(0, 0), new LeaderEpochs.Entry(1, 2));
        assertThat(fork.topicId()).isEqualTo(ID);
        assertThat(records(source)).hasSize(6);
    }

    @Test
    void endsWithinABatchWhenToldTo() throws IOException {
        PartitionLog source = source(SMALL);
        append(source, 0, "a", "b", "c", "d");

        PartitionLog fork = fork(3);
        append(fork, 1, "x");

        assertThat(records(fork).values()).containsExactly("a", "b", "c", "x");
        assertThat(records(fork).keySet()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void isEmptyWhereTheSourceBegins() throws IOException {
        PartitionLog source = source(SMALL);
        append(source, 0, "a");

        PartitionLog fork = fork(0);

        assertThat(records(fork)).isEmpty();
        append(fork, 1, "x");
        assertThat(records(fork).values()).containsExactly("x");
    }

    @Test
    void sharesWhatIsLargeAndClosesItForThat() throws IOException {
        PartitionLog source = source(LARGE);
        for (int i = 0; i < 2; i++) {
            source.appendAsLeader(
                    TestBatches.ofSize(time.nowMs(), 700_000), 0, AppendOrigin.CLIENT, null, time.nowMs());
        }

        PartitionLog fork = fork(2);

        assertThat(source.segmentCount()).isEqualTo(2);
        Path shared = fork.path().resolve("00000000000000000000.log");
        assertThat(Disk.local().linkCount(shared)).isEqualTo(2);
        assertThat(Files.isSameFile(shared, source.path().resolve("00000000000000000000.log")))
                .isTrue();
    }

    @Test
    void beginsWhereTheSourceBeginsForReadersAndKeepsThat() throws IOException {
        PartitionLog source = source(SMALL);
        for (int i = 0; i < 30; i++) {
            append(source, 0, "value " + i);
        }
        source.updateHighWatermark(30);
        source.deleteRecordsBefore(17);

        assertThat(fork(25).logStartOffset()).isEqualTo(17);
        restart(false);

        assertThat(manager.logFor(FORK).logStartOffset()).isEqualTo(17);
        assertThat(manager.logFor(FORK).logEndOffset()).isEqualTo(25);
    }

    @Test
    void remembersProducersAndAbortsWhatIsOpen() throws IOException {
        PartitionLog source = source(SMALL);
        source.appendAsLeader(
                TestBatches.idempotent(7, 2, 0, 3, time.nowMs()), 0, AppendOrigin.CLIENT, null, time.nowMs());
        source.appendAsLeader(
                TestBatches.transactional(8, 0, 0, time.nowMs()),
                0,
                AppendOrigin.CLIENT,
                Verification.NOT_NEEDED,
                time.nowMs());

        PartitionLog fork = fork(4);
        assertThat(fork.lastStableOffset()).isEqualTo(3);
        fork.abortOpenTransactions(1, time.nowMs());
        fork.updateHighWatermark(fork.logEndOffset());

        assertThat(fork.producer(7).lastSequence()).isEqualTo(2);
        assertThat(fork.logEndOffset()).isEqualTo(5);
        assertThat(fork.lastStableOffset()).isEqualTo(5);
        assertThat(fork.abortedTransactionsFromDisk(0, 5)).hasSize(1);
        assertThat(source.producer(8).currentTxnFirstOffset()).isEqualTo(3);
    }

    @Test
    void goesItsOwnWayWhateverHappensToEither() {
        Seeds.forEach(60, this::goOn);
    }

    private void goOn(RandomGenerator random) {
        runs++;
        String directory = "s" + runs;
        try {
            manager = manager(directory);
            manager.start(topic -> SMALL);
            PartitionLog source = manager.create(SOURCE, ID, SMALL);
            for (int i = random.nextInt(40); i >= 0; i--) {
                append(source, 0, values(random, "s"));
            }
            long end = random.nextLong(source.logEndOffset() + 1);
            SortedMap<Long, String> ofSource = records(source);
            SortedMap<Long, String> ofFork = new TreeMap<>(ofSource.headMap(end));
            fork(end);
            for (int step = 0; step < 30; step++) {
                change(SOURCE, ofSource, random, directory);
                change(FORK, ofFork, random, directory);
                assertThat(records(manager.logFor(SOURCE))).isEqualTo(ofSource);
                assertThat(records(manager.logFor(FORK))).isEqualTo(ofFork);
            }
            manager.close();
            manager = null;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void change(TopicPartition name, SortedMap<Long, String> model, RandomGenerator random, String directory)
            throws IOException {
        PartitionLog log = manager.logFor(name);
        switch (random.nextInt(8)) {
            case 0 -> {
                // Truncation takes whole batches; what is left is asked of the log, within what was there before.
                long offset = random.nextLong(log.logEndOffset() + 1);
                log.truncateTo(offset, time.nowMs());
                SortedMap<Long, String> left = records(log);
                assertThat(model.headMap(offset)).containsAllEntriesOf(left);
                model.clear();
                model.putAll(left);
            }
            case 1 -> log.roll(time.nowMs());
            case 2 -> restart(random.nextBoolean(), directory);
            default -> {
                String[] values = values(random, name.topic());
                long base = log.logEndOffset();
                append(log, 1, values);
                long last = records(log).lastKey();
                for (int i = 0; i < values.length; i++) {
                    model.put(last - values.length + 1 + i, values[i]);
                }
                assertThat(log.logEndOffset()).isGreaterThanOrEqualTo(base + values.length);
            }
        }
    }

    @Test
    void leavesNothingBehindWhenTheDiskFails() throws IOException {
        PartitionLog source = source(SMALL);
        for (int i = 0; i < 30; i++) {
            append(source, 0, "value " + i);
        }
        SortedMap<Long, String> before = records(source);
        runsLater = false;
        int failed = 0;
        for (int failAt = 1; manager.logFor(FORK) == null; failAt++) {
            disk.failOnceAt(failAt);
            try {
                fork(20);
            } catch (IOException expected) {
                failed++;
                disk.heal();
                assertThat(records(source)).isEqualTo(before);
            }
            disk.heal();
        }
        assertThat(failed).isGreaterThan(5);
        assertThat(records(manager.logFor(FORK))).isEqualTo(before.headMap(20L));
        try (Stream<Path> left = Files.list(root.resolve("d"))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith("-delete"));
        }
    }

    @Test
    void refusesAnEndBeyondTheLogAndANameThatIsTaken() throws IOException {
        append(source(SMALL), 0, "a");

        assertThatThrownBy(() -> fork(2)).isInstanceOf(IOException.class);
        fork(1);
        assertThatThrownBy(() -> fork(1)).isInstanceOf(IOException.class).hasMessageContaining("already");
    }

    private static String[] values(RandomGenerator random, String prefix) {
        String[] values = new String[1 + random.nextInt(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = prefix + " " + random.nextInt(1_000_000) + " ".repeat(random.nextInt(60));
        }
        return values;
    }

    private PartitionLog source(LogConfig config) throws IOException {
        manager = manager("d");
        manager.start(topic -> config);
        return manager.create(SOURCE, ID, config);
    }

    private PartitionLog fork(long end) throws IOException {
        return manager.fork(SOURCE, FORK, ID, end, SMALL);
    }

    private void append(PartitionLog log, int epoch, String... values) {
        log.appendAsLeader(TestBatches.batch(time.nowMs(), values), epoch, AppendOrigin.CLIENT, null, time.nowMs())
                .fold(appended -> appended, rejected -> {
                    throw new AssertionError(rejected);
                });
    }

    private void restart(boolean clean) throws IOException {
        restart(clean, "d");
    }

    /** A clean stop, or one after which nothing says that it was clean. */
    private void restart(boolean clean, String directory) throws IOException {
        manager.close();
        if (!clean) {
            Files.deleteIfExists(root.resolve(directory).resolve(".kafka_cleanshutdown"));
            Files.deleteIfExists(root.resolve(directory).resolve("recovery-point-offset-checkpoint"));
        }
        manager = manager(directory);
        manager.start(topic -> SMALL);
    }

    private LogManager manager(String directory) {
        return new LogManager(
                LogManagerSettings.defaults(List.of(root.resolve(directory))),
                disk,
                time,
                time,
                pools,
                new SameThread() {
                    @Override
                    public void execute(Runnable task) {
                        if (runsLater) {
                            super.execute(task);
                        }
                    }
                },
                Seeds.random(1),
                faults,
                (failed, partitions, lastOne) -> {
                    throw new AssertionError(failed + " failed");
                });
    }

    private static SortedMap<Long, String> records(PartitionLog log) throws IOException {
        SortedMap<Long, String> records = new TreeMap<>();
        long from = log.logStartOffset();
        while (from < log.logEndOffset()) {
            ByteBuf bytes = LogFixture.bytes(log.readFromDisk(from, 1 << 20, true, Long.MAX_VALUE));
            if (!bytes.isReadable()) {
                return records;
            }
            long start = log.logStartOffset();
            Records.forEach(bytes, record -> {
                if (record.offset() >= start && !record.isControl()) {
                    records.put(
                            record.offset(),
                            StandardCharsets.UTF_8.decode(record.value()).toString());
                }
            });
            from = endOf(bytes);
        }
        return records;
    }

    /** The offset behind the last whole batch. */
    private static long endOf(ByteBuf bytes) {
        long next = 0;
        int at = bytes.readerIndex();
        while (bytes.writerIndex() - at > BatchHeader.LOG_OVERHEAD) {
            int size = BatchHeader.sizeInBytes(bytes, at);
            if (size > bytes.writerIndex() - at) {
                break;
            }
            next = Batches.lastOffset(bytes, at) + 1;
            at += size;
        }
        return next;
    }
}
