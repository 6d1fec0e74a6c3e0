package io.barnabas.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AppendOrigin;
import io.barnabas.log.AppendOutcome;
import io.barnabas.log.LogDirectory;
import io.barnabas.log.LogManager;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.StopReplicaRequest;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaPartitionState;
import io.barnabas.wire.message.StopReplicaRequest.StopReplicaTopicState;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that go to other log directories of their broker, as AlterReplicaLogDirs asks. */
@Timeout(60)
class ReplicaMovesTest {
    private static final short ACKS_LEADER = 1;
    private static final int[] ALONE = {1};
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk(Disk.local());
    private final ExecutorService diskIo = Executors.newFixedThreadPool(2);
    private ReplicaFixture broker;

    @BeforeEach
    void start() throws IOException {
        broker = started();
    }

    private ReplicaFixture started() throws IOException {
        return new ReplicaFixture(List.of(directory.resolve("one"), directory.resolve("two")), disk, diskIo, diskIo);
    }

    @AfterEach
    void stop() {
        broker.close();
        diskIo.shutdown();
        assertThat(broker.faults.faults()).isEmpty();
    }

    @Test
    void goesOnAsLeaderInTheOtherDirectory() {
        Partition partition = broker.lead("orders", 0, ALONE, ALONE);
        append(partition, 3);
        assertThat(move(ORDERS, "two")).isEqualTo(ErrorCode.NONE);
        awaitArrival(partition, "two");
        assertThat(partition.log().highWatermark()).isEqualTo(3);
        append(partition, 2);
        assertThat(partition.log().highWatermark()).isEqualTo(5);
        assertThat(broker.logs.logFor(ORDERS)).isSameAs(partition.log());
        assertThat(move(ORDERS, "one")).isEqualTo(ErrorCode.NONE);
        awaitArrival(partition, "one");
        assertThat(partition.log().logEndOffset()).isEqualTo(5);
    }

    @Test
    void refusesWhatCannotBe() {
        broker.lead("orders", 0, ALONE, ALONE);
        assertThat(move(ORDERS, "one")).as("where it is").isEqualTo(ErrorCode.NONE);
        assertThat(broker.logs.futures().of(ORDERS)).isNull();
        assertThat(move(ORDERS, "elsewhere")).isEqualTo(ErrorCode.LOG_DIR_NOT_FOUND);
        assertThat(move(new TopicPartition("t".repeat(249), 0), "two")).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
        Partition inTheOther = broker.lead("invoices", 0, ALONE, ALONE);
        disk.failOnceAt(1);
        ByteBuf batch = broker.batch(1);
        inTheOther.appendAsLeader(batch, AppendOrigin.CLIENT, ACKS_LEADER, Partition.ANY_EPOCH);
        batch.release();
        assertThat(at(broker.logs, "two").isOffline()).isTrue();
        assertThat(move(ORDERS, "two")).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
    }

    @Test
    void makesAPartitionWhereItWasWishedBeforeItWasHere() {
        assertThat(move(ORDERS, "two")).isEqualTo(ErrorCode.REPLICA_NOT_AVAILABLE);
        Partition partition = broker.lead("orders", 0, ALONE, ALONE);
        assertThat(partition.log().directory()).isEqualTo(at(broker.logs, "two"));
    }

    @Test
    void endsAMoveForWhichThereIsANewWish() throws IOException {
        Partition partition = broker.lead("orders", 0, ALONE, ALONE);
        append(partition, 3);
        broker.logs.futures().create(partition.log(), at(broker.logs, "two"));
        assertThat(move(ORDERS, "one")).isEqualTo(ErrorCode.NONE);
        assertThat(broker.logs.futures().of(ORDERS)).isNull();
        assertThat(partition.log().directory()).isEqualTo(at(broker.logs, "one"));
        append(partition, 1);
    }

    @Test
    void goesOnWithAMoveAfterARestart() throws IOException {
        Partition partition = broker.lead("orders", 0, ALONE, ALONE);
        append(partition, 3);
        broker.logs.futures().create(partition.log(), at(broker.logs, "two"));
        broker.close();
        broker = started();
        assertThat(broker.logs.futures().of(ORDERS)).isNotNull();
        Partition again = broker.lead("orders", 0, ALONE, ALONE);
        awaitArrival(again, "two");
        assertThat(again.log().logEndOffset()).isEqualTo(3);
    }

    @Test
    void aTopicThatIsDeletedEndsTheMove() {
        broker.lead("orders", 0, ALONE, ALONE);
        move(ORDERS, "two");
        StopReplicaPartitionState delete =
                new StopReplicaPartitionState().leaderEpoch(-2).deletePartition(true);
        broker.run(broker.replicas.stopReplica(new StopReplicaRequest()
                .controllerEpoch(5)
                .brokerEpoch(ReplicaFixture.BROKER_EPOCH)
                .topicStates(
                        List.of(new StopReplicaTopicState().topicName("orders").partitionStates(List.of(delete))))));
        assertThat(broker.logs.futures().of(ORDERS)).isNull();
        assertThat(broker.logs.logFor(ORDERS)).isNull();
    }

    /** Producers that wait for the disk go on appending while the partition moves there and back. */
    @Test
    @Timeout(60)
    void losesNothingUnderLoad() throws Exception {
        broker.durableAcks = true;
        Partition partition = broker.lead("orders", 0, ALONE, ALONE);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger appended = new AtomicInteger();
        ExecutorService producers = Executors.newFixedThreadPool(2);
        Runnable produce = () -> {
            while (!enough.get()) {
                long end = append(partition, 1) + 1;
                appended.incrementAndGet();
                partition.awaitAcknowledged(end, ACKS_LEADER, outcome -> {
                    assertThat(outcome).isEqualTo(ErrorCode.NONE);
                    acknowledged.incrementAndGet();
                });
            }
        };
        List<Future<?>> running = List.of(producers.submit(produce), producers.submit(produce));
        for (String destination : List.of("two", "one", "two")) {
            assertThat(move(ORDERS, destination)).isEqualTo(ErrorCode.NONE);
            awaitArrival(partition, destination);
        }
        enough.set(true);
        for (Future<?> one : running) {
            one.get();
        }
        producers.shutdown();
        assertThat(partition.log().logEndOffset()).isEqualTo(appended.get());
        partition.log().flush();
        // Another flush, a moment before, may still be telling those who waited for it.
        while (acknowledged.get() < appended.get()) {
            Thread.onSpinWait();
        }
        assertThat(acknowledged).hasValue(appended.get());
        assertThat(partition.log().highWatermark()).isEqualTo(appended.get());
    }

    private ErrorCode move(TopicPartition partition, String to) {
        String path = directory.resolve(to).toAbsolutePath().toString();
        return broker.run(broker.replicas.alterLogDirectories(Map.of(partition, path)))
                .get(partition);
    }

    /** Runs the mailbox, and lets timers fire, until the partition is there. */
    private void awaitArrival(Partition partition, String destination) {
        while (partition.log().directory() != at(broker.logs, destination)) {
            Runnable news = broker.mailbox.poll();
            if (news != null) {
                news.run();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private LogDirectory at(LogManager logs, String name) {
        return logs.directoryAt(directory.resolve(name).toAbsolutePath().toString());
    }

    private long append(Partition partition, int records) {
        ByteBuf batch = broker.batch(records);
        try {
            return partition
                    .appendAsLeader(batch, AppendOrigin.CLIENT, ACKS_LEADER, Partition.ANY_EPOCH)
                    .fold(AppendOutcome.Appended::lastOffset, refused -> {
                        throw new AssertionError(refused);
                    });
        } finally {
            batch.release();
        }
    }
}
