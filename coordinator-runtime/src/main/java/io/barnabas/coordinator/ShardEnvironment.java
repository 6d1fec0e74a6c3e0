package io.barnabas.coordinator;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Timers;
import io.barnabas.wire.TopicPartition;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What all shards of a coordinator share.
 *
 * @param topic the internal topic
 * @param machines makes an empty state machine
 * @param mailboxes runs the shards; nothing on it blocks, appends apart
 * @param loaders runs the reading of partitions
 */
public record ShardEnvironment<S extends StateMachine<R>, R>(
        String topic,
        Machines<S> machines,
        RecordCodec<R> codec,
        PartitionWriter writer,
        RuntimeSettings settings,
        Clock clock,
        Timers timers,
        Executor mailboxes,
        Executor loaders,
        FaultHandler faults) {

    /** Makes the empty state machine of one term of leadership. */
    @FunctionalInterface
    public interface Machines<S> {
        S create(TopicPartition partition, int leaderEpoch);
    }

    /** For deadlines: does not jump when somebody sets the machine's clock. */
    long monotonicMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs());
    }
}
