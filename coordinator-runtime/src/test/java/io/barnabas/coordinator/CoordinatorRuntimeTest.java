package io.barnabas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.RecordedFaults;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.EndTxnMarker;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoordinatorRuntimeTest {
    private static final TopicPartition PARTITION = new TopicPartition("__words", 0);
    private static final long COMMIT_TIMEOUT_MS = 5000;

    private final SimulatedTime time = new SimulatedTime();
    private final RecordedFaults faults = new RecordedFaults();
    private final MemoryPartitions partitions = new MemoryPartitions();
    private final DeferredExecutor loaders = new DeferredExecutor();
    private final List<Tally> machines = new ArrayList<>();
    private boolean expectFaults;
    private final CoordinatorRuntime<Tally, String> runtime = new CoordinatorRuntime<>(new ShardEnvironment<>(
            PARTITION.topic(),
            (partition, epoch) -> newTally(),
            new Tally.Codec(),
            partitions,
            new RuntimeSettings(COMMIT_TIMEOUT_MS, 200, Compression.NONE),
            time,
            time,
            Runnable::run,
            loaders,
            faults));

    @AfterEach
    void noFaults() {
        assertThat(faults.faults().isEmpty()).isEqualTo(!expectFaults);
    }

    @Test
    void refusesWhatItWasNeverElectedFor() {
        assertThat(done(add("a"))).isEqualTo("NOT_COORDINATOR");
    }

    @Test
    void answersOnceTheRecordIsCommitted() {
        runtime.elected(0, 1);
        partitions.commitAtOnce(false);

        CompletableFuture<String> answer = add("a");

        assertThat(answer).isNotDone();
        assertThat(tally().words).as("applied at once").containsExactly("a");
        partitions.commitAll();
        assertThat(done(answer)).isEqualTo("a");
    }

    @Test
    void answersReadsOnceWhatTheySawIsCommitted() {
        runtime.elected(0, 1);
        partitions.commitAtOnce(false);
        add("a");

        CompletableFuture<String> read = read();
        CompletableFuture<String> glance =
                submit((tally, waiter, nowMs) -> Step.of(Effect.replyAtOnce(waiter, "seen")));

        assertThat(read).isNotDone();
        assertThat(done(glance)).isEqualTo("seen");
        partitions.commitAll();
        assertThat(done(read)).isEqualTo("a");
    }

    @Test
    void givesUpWaitingForReplicationAfterTheCommitTimeout() {
        runtime.elected(0, 1);
        partitions.commitAtOnce(false);
        CompletableFuture<String> answer = add("a");

        time.advanceMs(COMMIT_TIMEOUT_MS - 1);
        assertThat(answer).isNotDone();
        time.advanceMs(1);

        assertThat(done(answer)).isEqualTo("REQUEST_TIMED_OUT");
        assertThat(tally().words).as("still in the log").containsExactly("a");
    }

    @Test
    void actsAfterTheCommitHoweverLongItTakes() {
        runtime.elected(0, 1);
        partitions.commitAtOnce(false);
        List<String> done = new ArrayList<>();
        submit((tally, waiter, nowMs) -> Step.write(
                List.of("a"), () -> List.of(Effect.afterCommit(() -> done.add("after"))), error -> List.of()));

        time.advanceMs(10 * COMMIT_TIMEOUT_MS);
        assertThat(done).isEmpty();
        partitions.commitAll();

        assertThat(done).containsExactly("after");
    }

    @Test
    void leavesStateAloneWhenTheLogRefuses() {
        runtime.elected(0, 1);
        partitions.refuseAppends(ErrorCode.MESSAGE_TOO_LARGE);

        assertThat(done(add("a"))).isEqualTo("refused MESSAGE_TOO_LARGE");

        assertThat(tally().words).isEmpty();
        partitions.refuseAppends(ErrorCode.NONE);
        assertThat(done(add("b"))).isEqualTo("b");
    }

    @Test
    void bringsTimersBackAsCommands() {
        runtime.elected(0, 1);
        submit((tally, waiter, nowMs) -> Step.of(List.of(
                Effect.setTimer("x", 100, laterMs -> tally.add("first", new Waiter<>(Tally::refusal))),
                Effect.setTimer("x", 300, laterMs -> tally.add("moved", new Waiter<>(Tally::refusal))),
                Effect.setTimer("y", 200, laterMs -> tally.add("kept", new Waiter<>(Tally::refusal))),
                Effect.setTimer("z", 200, laterMs -> tally.add("cancelled", new Waiter<>(Tally::refusal))),
                Effect.cancelTimer("z"))));

        time.advanceMs(199);
        assertThat(tally().words).isEmpty();
        time.advanceMs(1);
        assertThat(tally().words).containsExactly("kept");
        time.advanceMs(100);
        assertThat(tally().words).containsExactly("kept", "moved");
        assertThat(time.waitingTasks()).isZero();
    }

    @Test
    void readsTheWholePartitionBeforeItTakesCommands() {
        plant("a");
        plant("b");
        plant("c");
        loaders.hold();
        runtime.elected(0, 1);

        assertThat(done(read())).isEqualTo("COORDINATOR_LOAD_IN_PROGRESS");
        loaders.release();

        partitions.commitAll();
        assertThat(done(read())).isEqualTo("a b c");
        assertThat(tally().loads).isEqualTo(1);
    }

    @Test
    void laterEpochsWin() {
        loaders.hold();
        runtime.elected(0, 2);
        runtime.elected(0, 3);
        runtime.elected(0, 1);
        runtime.resigned(0, OptionalInt.of(2));
        partitions.leaderEpoch(PARTITION, 3);
        loaders.release();

        assertThat(machines).as("one for each load that began").hasSize(2);
        assertThat(done(add("a"))).isEqualTo("a");
    }

    @Test
    void tellsWhoWaitsThatItIsNoLongerTheCoordinator() {
        runtime.elected(0, 1);
        partitions.commitAtOnce(false);
        CompletableFuture<String> answer = add("a");
        CompletableFuture<String> parked = submit((tally, waiter, nowMs) -> Step.nothing());

        runtime.resigned(0, OptionalInt.of(2));

        assertThat(done(answer)).isEqualTo("NOT_COORDINATOR");
        assertThat(done(parked)).isEqualTo("NOT_COORDINATOR");
        assertThat(done(read())).isEqualTo("NOT_COORDINATOR");
        assertThat(partitions.listeners(PARTITION)).isZero();
        assertThat(time.waitingTasks()).isZero();
    }

    @Test
    void reloadsWhenTheLogNoLongerTakesItsRecords() {
        runtime.elected(0, 1);
        done(add("a"));
        partitions.refuseAppends(ErrorCode.NOT_LEADER_OR_FOLLOWER);

        assertThat(done(add("b"))).isEqualTo("NOT_COORDINATOR");

        partitions.refuseAppends(ErrorCode.NONE);
        time.advanceMs(100);
        assertThat(done(add("c"))).isEqualTo("a c");
        assertThat(machines).hasSize(2);
    }

    @Test
    void reloadsAfterAFault() {
        expectFaults = true;
        runtime.elected(0, 1);
        done(add("a"));
        CompletableFuture<String> parked = submit((tally, waiter, nowMs) -> Step.nothing());

        CompletableFuture<String> broken = submit((tally, waiter, nowMs) -> {
            throw new IllegalStateException("broken");
        });

        assertThat(done(broken)).isEqualTo("UNKNOWN_SERVER_ERROR");
        assertThat(done(parked)).isEqualTo("NOT_COORDINATOR");
        time.advanceMs(100);
        assertThat(done(read())).isEqualTo("a");
    }

    @Test
    void triesToLoadAgainUntilItCanRead() {
        plant("a");
        partitions.commitAll();
        partitions.refuseReads(ErrorCode.KAFKA_STORAGE_ERROR);
        runtime.elected(0, 1);
        time.advanceMs(30_000);
        assertThat(done(read())).isEqualTo("COORDINATOR_LOAD_IN_PROGRESS");

        partitions.refuseReads(ErrorCode.NONE);
        time.advanceMs(10_000);

        assertThat(done(read())).isEqualTo("a");
    }

    @Test
    void doesNotServeAPartitionWithADamagedRecord() {
        expectFaults = true;
        partitions.plant(
                PARTITION,
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT)
                        .append(time.nowMs(), new Tally.Codec().key(""), null)
                        .build());
        runtime.elected(0, 1);

        assertThat(done(read())).isEqualTo("COORDINATOR_LOAD_IN_PROGRESS");
        assertThat(faults.faults().get(0)).rootCause().hasMessage("no word");
    }

    @Test
    void leavesOutRecordsOfUnknownKinds() {
        partitions.plant(
                PARTITION,
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT)
                        .append(time.nowMs(), new byte[] {0, 8, 1}, new byte[] {1})
                        .build());
        plant("a");
        partitions.commitAll();
        runtime.elected(0, 1);

        assertThat(done(read())).isEqualTo("a");
    }

    @Test
    void countsTransactionalRecordsOnlyOnceTheirMarkerIsRead() {
        plantTransactional("yes", 5);
        plantMarker(5, true);
        plantTransactional("no", 6);
        plantMarker(6, false);
        plantTransactional("open", 7);
        partitions.commitAll();

        runtime.elected(0, 1);

        assertThat(tally().words).containsExactly("yes");
        assertThat(tally().undecided).containsExactly("open");
        plantMarker(7, true);
        runtime.transactionEnded(0, 7, true, partitions.endOffset(PARTITION));
        assertThat(tally().words).containsExactly("yes", "open");
    }

    @Test
    void missesNoMarkerThatIsAppendedBetweenReadingAndTakingOver() {
        plantTransactional("late", 5);
        partitions.commitAll();
        partitions.afterLastRead(() -> {
            plantMarker(5, true);
            runtime.transactionEnded(0, 5, true, partitions.endOffset(PARTITION));
        });

        runtime.elected(0, 1);

        assertThat(tally().words).containsExactly("late");
        assertThat(tally().undecided).isEmpty();
    }

    @Test
    void takesAMarkerThatWasReadOnlyOnce() {
        plantTransactional("old", 5);
        plantMarker(5, true);
        long endOfMarker = partitions.endOffset(PARTITION);
        plantTransactional("new", 5);
        partitions.commitAll();

        runtime.elected(0, 1);
        runtime.transactionEnded(0, 5, true, endOfMarker);

        assertThat(tally().words).containsExactly("old");
        assertThat(tally().undecided).containsExactly("new");
    }

    @Test
    void beginsAnewWithTheEpochsOfARecreatedPartition() {
        runtime.elected(0, 9);
        runtime.resigned(0, OptionalInt.empty());
        runtime.elected(0, 5);
        assertThat(done(add("a"))).isEqualTo("a");

        runtime.resigned(0, OptionalInt.of(5));
        runtime.elected(0, 0);
        assertThat(done(add("b"))).isEqualTo("a b");
    }

    @Test
    void isNotAvailableOnceClosed() {
        runtime.elected(0, 1);
        CompletableFuture<String> parked = submit((tally, waiter, nowMs) -> Step.nothing());

        runtime.close();

        assertThat(done(parked)).isEqualTo("COORDINATOR_NOT_AVAILABLE");
        assertThat(done(read())).isEqualTo("COORDINATOR_NOT_AVAILABLE");
    }

    @Test
    void findsPartitionsAsKafkaDoes() {
        assertThat(CoordinatorRuntime.partitionFor("console-consumer-12345", 50))
                .isEqualTo(Math.abs("console-consumer-12345".hashCode()) % 50);
        assertThat("polygenelubricants".hashCode()).isEqualTo(Integer.MIN_VALUE);
        assertThat(CoordinatorRuntime.partitionFor("polygenelubricants", 50)).isZero();
    }

    private Tally newTally() {
        Tally tally = new Tally();
        machines.add(tally);
        return tally;
    }

    private Tally tally() {
        return machines.get(machines.size() - 1);
    }

    private CompletableFuture<String> add(String word) {
        return submit((tally, waiter, nowMs) -> tally.add(word, waiter));
    }

    private CompletableFuture<String> read() {
        return submit((tally, waiter, nowMs) -> Step.of(Effect.reply(waiter, String.join(" ", tally.words))));
    }

    private CompletableFuture<String> submit(Command<Tally, String, String> command) {
        CompletionStage<String> stage = runtime.submit(0, Tally::refusal, command);
        return stage.toCompletableFuture();
    }

    private static String done(CompletableFuture<String> answer) {
        assertThat(answer).isDone();
        return answer.join();
    }

    private void plant(String word) {
        Tally.Codec codec = new Tally.Codec();
        partitions.plant(
                PARTITION,
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT)
                        .append(time.nowMs(), codec.key(word), codec.value(word))
                        .build());
    }

    private void plantTransactional(String word, long producerId) {
        Tally.Codec codec = new Tally.Codec();
        partitions.plant(
                PARTITION,
                new RecordBatchBuilder(ByteBufAllocator.DEFAULT)
                        .producer(producerId, (short) 0, 0)
                        .transactional()
                        .append(time.nowMs(), codec.key(word), codec.value(word))
                        .build());
    }

    private void plantMarker(long producerId, boolean committed) {
        partitions.plant(
                PARTITION,
                new EndTxnMarker(committed, 0).build(producerId, (short) 0, time.nowMs(), ByteBufAllocator.DEFAULT));
    }
}
