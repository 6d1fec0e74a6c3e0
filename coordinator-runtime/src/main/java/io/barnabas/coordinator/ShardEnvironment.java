package io.barnabas.coordinator;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Timers;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
        Supplier<S> machines,
        RecordCodec<R> codec,
        PartitionWriter writer,
        RuntimeSettings settings,
        Clock clock,
        Timers timers,
        Executor mailboxes,
        Executor loaders,
        FaultHandler faults) {

    /** For deadlines: does not jump when somebody sets the machine's clock. */
    long monotonicMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs());
    }
}
