package io.barnabas.broker;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.LoggingFaultHandler;
import io.barnabas.runtime.Randomness;
import io.barnabas.runtime.SerialMailbox;
import io.barnabas.runtime.SystemTimers;
import io.barnabas.runtime.ThreadPools;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * The doors to the outside and the threads behind the event loops, shared by all parts of a broker.
 *
 * @param work for mailboxes and short tasks
 * @param diskIo for what waits for the disk
 */
record Machinery(
        Clock clock,
        Disk disk,
        SystemTimers timers,
        ThreadPools pools,
        ExecutorService work,
        ExecutorService diskIo,
        RandomGenerator random,
        FaultHandler faults)
        implements AutoCloseable {

    static Machinery ofThisMachine(int workThreads, int diskThreads) {
        FaultHandler faults = new LoggingFaultHandler();
        ThreadPools pools = new ThreadPools();
        return new Machinery(
                Clock.system(),
                Disk.local(),
                new SystemTimers(faults),
                pools,
                pools.pool("work", workThreads),
                pools.pool("disk-io", diskThreads),
                Randomness.system(),
                faults);
    }

    SerialMailbox mailbox(String name) {
        return new SerialMailbox(name, work, faults);
    }

    @Override
    public void close() {
        timers.close();
        pools.close();
    }
}
