package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Hosts one state machine for each partition of an internal topic that this broker leads. Any thread may call; each
 * partition's work runs one after the other on a mailbox of its own, and answers come on its thread.
 *
 * @param <S> the state machine
 * @param <R> its records
 */
public final class CoordinatorRuntime<S extends StateMachine<R>, R> implements AutoCloseable {
    private final ShardEnvironment<S, R> environment;
    private final ConcurrentMap<Integer, Shard<S, R>> shards = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public CoordinatorRuntime(ShardEnvironment<S, R> environment) {
        this.environment = environment;
    }

    /** The partition of a group or transactional id: Java's string hash, modulo the partition count. */
    public static int partitionFor(String id, int partitions) {
        int hash = id.hashCode();
        return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash) % partitions;
    }

    /** This broker leads the partition from that epoch on: its state is read, then commands are taken. */
    public void elected(int partition, int leaderEpoch) {
        if (!closed) {
            shards.computeIfAbsent(partition, p -> new Shard<>(environment, new TopicPartition(environment.topic(), p)))
                    .elected(leaderEpoch);
        }
    }

    /** This broker does not lead it any more; empty when the partition was deleted. */
    public void resigned(int partition, OptionalInt leaderEpoch) {
        Shard<S, R> shard = shards.get(partition);
        if (shard != null) {
            shard.resigned(leaderEpoch);
        }
    }

    /** @param refusal how an error of the whole command looks as an answer */
    public <A> CompletionStage<A> submit(int partition, Function<ErrorCode, A> refusal, Command<S, R, A> command) {
        Waiter<A> waiter = new Waiter<>(refusal);
        Shard<S, R> shard = shards.get(partition);
        if (closed) {
            waiter.refuse(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        } else if (shard == null) {
            waiter.refuse(ErrorCode.NOT_COORDINATOR);
        } else {
            shard.submit(command, waiter);
        }
        return waiter.answer();
    }

    /** Asks every partition that was ever led here; those led no longer refuse with NOT_COORDINATOR. */
    public <A> List<CompletionStage<A>> submitToAll(Function<ErrorCode, A> refusal, Command<S, R, A> command) {
        List<CompletionStage<A>> answers = new ArrayList<>();
        shards.keySet().forEach(partition -> answers.add(submit(partition, refusal, command)));
        return answers;
    }

    /** A transaction's marker was appended to the partition. */
    public void transactionEnded(int partition, long producerId, boolean committed, long endOffset) {
        Shard<S, R> shard = shards.get(partition);
        if (shard != null) {
            shard.marker(producerId, committed, endOffset);
        }
    }

    /** Whoever waits is told COORDINATOR_NOT_AVAILABLE, now and from now on. */
    @Override
    public void close() {
        closed = true;
        shards.values().forEach(Shard::close);
    }
}
