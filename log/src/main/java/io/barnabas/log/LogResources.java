package io.barnabas.log;

import io.barnabas.log.segment.SegmentResources;
import io.barnabas.runtime.Disk;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Timers;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What all logs of a broker share.
 *
 * @param diskIo runs what follows a roll: trimming, snapshots, fsync
 * @param fsyncs runs what producers wait for until it is durable
 * @param dirty logs with something to write behind
 */
public record LogResources(
        Disk disk,
        SegmentResources segments,
        Executor diskIo,
        Executor fsyncs,
        Timers timers,
        RandomGenerator random,
        FaultHandler faults,
        DirtyLogs dirty) {

    /** Runs something that touches the disk, later; what goes wrong in it is reported. */
    void later(String what, Runnable task) {
        diskIo.execute(reporting(what, task));
    }

    Runnable reporting(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                faults.fault(what, fault);
            }
        };
    }
}
