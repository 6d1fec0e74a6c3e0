package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.LogConfig;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where acknowledgement waits for the disk, nobody hears of a record, or reads it, that a power cut could take back. */
class DurableAcksTest {
    private static final short ACKS_LEADER = 1;
    private static final int[] ALONE = {1};

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk(Disk.local());
    private final DurableRecords durable = new DurableRecords();
    private final Deque<Runnable> fsyncs = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void watch() {
        disk.watch(durable);
    }

    private ReplicaFixture broker(boolean durableAcks) throws IOException {
        ReplicaFixture broker = new ReplicaFixture(directory, disk, fsyncs::add);
        broker.durableAcks = durableAcks;
        return broker;
    }

    @Test
    void acknowledgesAndShowsRecordsOnceTheyAreOnDisk() throws IOException {
        try (ReplicaFixture broker = broker(true)) {
            Partition partition = broker.lead("orders", 0, ALONE, ALONE);
            append(broker, partition, ACKS_LEADER);
            append(broker, partition, Partition.ACKS_ALL);
            assertThat(partition.isAcknowledged(1, ACKS_LEADER)).isFalse();
            partition.awaitAcknowledged(1, ACKS_LEADER, outcome -> heard.add("leader " + outcome));
            partition.awaitAcknowledged(2, Partition.ACKS_ALL, outcome -> heard.add("all " + outcome));
            assertThat(heard).isEmpty();
            assertThat(partition.log().highWatermark()).isZero();
            runFsyncs();
            assertThat(heard).containsExactly("leader NONE", "all NONE");
            assertThat(partition.log().highWatermark()).isEqualTo(2);
            assertThat(durable.flushes()).as("fsyncs for two appends").isEqualTo(1);
        }
    }

    @Test
    void waitsForNothingWhereItIsNotAskedTo() throws IOException {
        try (ReplicaFixture broker = broker(false)) {
            Partition partition = broker.lead("orders", 0, ALONE, ALONE);
            append(broker, partition, Partition.ACKS_ALL);
            assertThat(partition.isAcknowledged(1, Partition.ACKS_ALL)).isTrue();
            assertThat(fsyncs).isEmpty();
            assertThat(durable.survives(durable.lastWritten())).isFalse();
        }
    }

    @Test
    void aWaitForTheLeaderAloneDoesNotWaitForFollowers() throws IOException {
        try (ReplicaFixture broker = broker(true)) {
            Partition partition = broker.lead("orders", 0, new int[] {1, 2}, new int[] {1, 2});
            append(broker, partition, ACKS_LEADER);
            partition.awaitAcknowledged(1, ACKS_LEADER, outcome -> heard.add("leader " + outcome));
            partition.awaitAcknowledged(1, Partition.ACKS_ALL, outcome -> heard.add("all " + outcome));
            runFsyncs();
            assertThat(heard).containsExactly("leader NONE");
            partition.followerFetched(2, 1, 0, 1);
            assertThat(heard).containsExactly("leader NONE", "all NONE");
        }
    }

    @Test
    void followersDoNotMakeRecordsVisibleThatTheLeaderCouldLose() throws IOException {
        try (ReplicaFixture broker = broker(true)) {
            Partition partition = broker.lead("orders", 0, new int[] {1, 2}, new int[] {1, 2});
            append(broker, partition, Partition.ACKS_ALL);
            partition.followerFetched(2, 1, 0, 1);
            assertThat(partition.log().highWatermark()).isZero();
            runFsyncs();
            assertThat(partition.log().highWatermark()).isEqualTo(1);
        }
    }

    @Test
    void aChangedSettingCountsAtOnce() throws IOException {
        try (ReplicaFixture broker = broker(false)) {
            Partition partition = broker.lead("orders", 0, ALONE, ALONE);
            append(broker, partition, ACKS_LEADER);
            broker.durableAcks = true;
            broker.run(broker.replicas.configChanged("orders"));
            assertThat(partition.log().highWatermark()).as("never falls").isEqualTo(1);
            append(broker, partition, ACKS_LEADER);
            partition.awaitAcknowledged(2, ACKS_LEADER, outcome -> heard.add("leader " + outcome));
            assertThat(heard).isEmpty();
            broker.durableAcks = false;
            broker.run(broker.replicas.configChanged("orders"));
            assertThat(heard).containsExactly("leader NONE");
            assertThat(partition.log().highWatermark()).isEqualTo(2);
        }
    }

    @Test
    void whoeverWaitsHearsThatTheDiskFailed() throws IOException {
        try (ReplicaFixture broker = broker(true)) {
            Partition partition = broker.lead("orders", 0, ALONE, ALONE);
            append(broker, partition, ACKS_LEADER);
            partition.awaitAcknowledged(1, ACKS_LEADER, outcome -> heard.add("leader " + outcome));
            partition.awaitAcknowledged(1, Partition.ACKS_ALL, outcome -> heard.add("all " + outcome));
            disk.failOnceAt(1);
            runFsyncs();
            broker.run(broker.replicas.configChanged("orders"));
            assertThat(heard).containsExactlyInAnyOrder("leader KAFKA_STORAGE_ERROR", "all KAFKA_STORAGE_ERROR");
            assertThat(partition.view().role()).isEqualTo(Role.OFFLINE);
            assertThat(partition.log().highWatermark()).isZero();
        }
    }

    @Test
    void showsWhatItFindsAfterACrashOnceThatIsOnDisk() throws IOException {
        Path afterCrash = directory.resolve("copy");
        try (ReplicaFixture broker = new ReplicaFixture(directory.resolve("first"), disk, fsyncs::add)) {
            broker.durableAcks = true;
            append(broker, broker.lead("orders", 0, ALONE, ALONE), ACKS_LEADER);
            copy(directory.resolve("first"), afterCrash);
        }
        fsyncs.clear();
        try (ReplicaFixture again = new ReplicaFixture(afterCrash, disk, fsyncs::add)) {
            again.durableAcks = true;
            Partition partition = again.lead("orders", 0, ALONE, ALONE);
            assertThat(partition.log().logEndOffset()).isEqualTo(1);
            assertThat(partition.log().highWatermark()).isZero();
            runFsyncs();
            assertThat(partition.log().highWatermark()).isEqualTo(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(one -> !one.endsWith(".lock")).toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** Appends, fsyncs, rolls and changes of the leader's term in random order. */
    @Test
    void neverPromisesWhatAPowerCutCouldTake() {
        Seeds.forEach(40, random -> {
            fsyncs.clear();
            ReplicaFixture broker = new ReplicaFixture(directory.resolve("run" + random.nextLong()), disk, fsyncs::add);
            broker.durableAcks = true;
            broker.logConfig = LogConfig.builder().segmentBytes(500).build();
            try (broker) {
                Partition[] partitions = {broker.lead("orders", 0, ALONE, ALONE), broker.lead("orders", 1, ALONE, ALONE)
                };
                int[] promises = {0};
                List<List<DurableRecords.Place>> places = List.of(new ArrayList<>(), new ArrayList<>());
                for (int step = 0; step < 120; step++) {
                    int chosen = random.nextInt(2);
                    if (random.nextInt(4) > 0) {
                        appendAndWait(broker, partitions[chosen], places.get(chosen), random, promises);
                    } else if (!fsyncs.isEmpty()) {
                        fsyncs.poll().run();
                    }
                    for (int i = 0; i < 2; i++) {
                        assertVisibleRecordsSurvive(partitions[i], places.get(i));
                    }
                }
                runFsyncs();
                assertThat(promises[0])
                        .isEqualTo(places.get(0).size() + places.get(1).size());
                assertThat(broker.faults.faults()).isEmpty();
            }
        });
    }

    private void appendAndWait(
            ReplicaFixture broker,
            Partition partition,
            List<DurableRecords.Place> places,
            RandomGenerator random,
            int[] promises) {
        short acks = random.nextBoolean() ? ACKS_LEADER : Partition.ACKS_ALL;
        append(broker, partition, acks);
        DurableRecords.Place place = durable.lastWritten();
        places.add(place);
        partition.awaitAcknowledged(places.size(), acks, outcome -> {
            assertThat(outcome).isEqualTo(ErrorCode.NONE);
            assertThat(durable.survives(place)).as("promised").isTrue();
            promises[0]++;
        });
    }

    private void assertVisibleRecordsSurvive(Partition partition, List<DurableRecords.Place> places) {
        long visible = partition.log().highWatermark();
        if (visible > 0) {
            assertThat(durable.survives(places.get((int) visible - 1)))
                    .as("visible record %s", visible - 1)
                    .isTrue();
        }
    }

    @Test
    void manyProducersShareAnFsync() throws Exception {
        int producers = 4;
        int records = 300;
        ExecutorService pool = Executors.newFixedThreadPool(producers + 1);
        ReplicaFixture broker = new ReplicaFixture(directory, disk, pool);
        broker.durableAcks = true;
        try (broker) {
            Partition partition = broker.lead("orders", 0, ALONE, ALONE);
            CountDownLatch promised = new CountDownLatch(producers * records);
            ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
            List<Future<?>> running = new ArrayList<>();
            for (int producer = 0; producer < producers; producer++) {
                running.add(pool.submit(() -> {
                    for (int i = 0; i < records; i++) {
                        long end = append(broker, partition, ACKS_LEADER).lastOffset() + 1;
                        DurableRecords.Place place = durable.lastWritten();
                        partition.awaitAcknowledged(end, ACKS_LEADER, outcome -> {
                            if (outcome != ErrorCode.NONE || !durable.survives(place)) {
                                broken.add("offset " + (end - 1) + " " + outcome);
                            }
                            promised.countDown();
                        });
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            promised.await();
            assertThat(broken).isEmpty();
            assertThat(durable.flushes()).isLessThan(producers * records);
        } finally {
            pool.shutdown();
        }
    }

    private void runFsyncs() {
        for (Runnable task = fsyncs.poll(); task != null; task = fsyncs.poll()) {
            task.run();
        }
    }

    private static AppendOutcome.Appended append(ReplicaFixture broker, Partition partition, short acks) {
        ByteBuf batch = broker.batch(1);
        try {
            return partition
                    .appendAsLeader(batch, AppendOrigin.CLIENT, acks, Partition.ANY_EPOCH)
                    .fold(appended -> appended, refused -> {
                        throw new AssertionError(refused);
                    });
        } finally {
            batch.release();
        }
    }
}
