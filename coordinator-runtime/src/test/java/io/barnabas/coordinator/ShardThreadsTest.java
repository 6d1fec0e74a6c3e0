package io.barnabas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.SystemTimers;
import io.barnabas.runtime.ThreadPools;
import io.barnabas.testkit.RecordedFaults;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.Compression;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The runtime on real threads: callers, mailboxes and replication each on their own. */
class ShardThreadsTest {
    private static final int CALLERS = 4;
    private static final int CALLS = 5000;

    @Test
    void everyCallerIsAnsweredAndNoRecordIsLostOrDoubled() throws Exception {
        RecordedFaults faults = new RecordedFaults();
        LaggingLog log = new LaggingLog();
        List<Tally> machines = new CopyOnWriteArrayList<>();
        try (ThreadPools pools = new ThreadPools();
                SystemTimers timers = new SystemTimers(faults)) {
            CoordinatorRuntime<Tally, String> runtime = new CoordinatorRuntime<>(new ShardEnvironment<>(
                    "__words",
                    (partition, epoch) -> {
                        Tally tally = new Tally();
                        machines.add(tally);
                        return tally;
                    },
                    new Tally.Codec(),
                    log,
                    new RuntimeSettings(60_000, 1000, Compression.NONE),
                    Clock.system(),
                    timers,
                    pools.pool("mailboxes", 3),
                    pools.pool("loaders", 1),
                    faults));
            runtime.elected(0, 1);
            ExecutorService callers = pools.pool("callers", CALLERS);
            callers.execute(log::replicateUntilDone);
            awaitLoaded(runtime);
            List<CompletableFuture<List<CompletableFuture<String>>>> asked = new ArrayList<>();
            for (int caller = 1; caller < CALLERS; caller++) {
                asked.add(CompletableFuture.supplyAsync(() -> askOften(runtime), callers));
            }
            for (CompletableFuture<List<CompletableFuture<String>>> answers : asked) {
                for (CompletableFuture<String> answer : answers.get(60, TimeUnit.SECONDS)) {
                    assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("done");
                }
            }
            log.done();
            assertThat(faults.faults()).isEmpty();
            assertThat(machines.get(0).words).hasSize((CALLERS - 1) * CALLS);
            assertThat(log.endOffset).isEqualTo((CALLERS - 1) * CALLS);
        }
    }

    private static List<CompletableFuture<String>> askOften(CoordinatorRuntime<Tally, String> runtime) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            answers.add(runtime.submit(0, Tally::refusal, ShardThreadsTest::add).toCompletableFuture());
        }
        return answers;
    }

    private static void awaitLoaded(CoordinatorRuntime<Tally, String> runtime) throws Exception {
        String loading = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS.name();
        while (runtime.submit(0, Tally::refusal, ShardThreadsTest::look)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .equals(loading)) {
            Thread.onSpinWait();
        }
    }

    private static Step<String> look(Tally tally, Waiter<String> waiter, long nowMs) {
        return Step.of(Effect.replyAtOnce(waiter, "here"));
    }

    private static Step<String> add(Tally tally, Waiter<String> waiter, long nowMs) {
        return Step.write(
                List.of("w"),
                () -> List.of(Effect.reply(waiter, "done")),
                error -> List.of(Effect.replyAtOnce(waiter, "refused")));
    }

    /** Commits what was appended a moment later, on a thread of its own; keeps no bytes. */
    private static final class LaggingLog implements PartitionWriter {
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile long endOffset;
        private volatile long committed;
        private volatile boolean done;

        private void replicateUntilDone() {
            while (!done) {
                long target = endOffset;
                if (target > committed) {
                    committed = target;
                    listeners.forEach(Runnable::run);
                }
                Thread.onSpinWait();
            }
        }

        private void done() {
            done = true;
        }

        @Override
        public AppendResult append(TopicPartition partition, int leaderEpoch, ByteBuf batch, Proof proof) {
            long baseOffset = endOffset;
            endOffset = baseOffset + BatchHeader.recordCount(batch, 0);
            return new Appended(baseOffset, endOffset);
        }

        @Override
        public long committedOffset(TopicPartition partition) {
            return committed;
        }

        @Override
        public Subscription onCommitted(TopicPartition partition, Runnable moved) {
            listeners.add(moved);
            return () -> listeners.remove(moved);
        }

        @Override
        public ReadResult read(TopicPartition partition, int leaderEpoch, long fromOffset, int maxBytes) {
            return new Chunk(Unpooled.EMPTY_BUFFER);
        }
    }
}
