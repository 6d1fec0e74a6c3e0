package io.barnabas.runtime;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on one daemon thread. */
public final class SystemTimers implements Timers, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    private final FaultHandler faults;

    public SystemTimers(FaultHandler faults) {
        this.faults = faults;
        this.thread = new ScheduledThreadPoolExecutor(1, ThreadPools.factory("barnabas-timer"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        return cancelling(thread.schedule(guarded(task), delayMs, TimeUnit.MILLISECONDS));
    }

    @Override
    public Timer repeat(long initialDelayMs, long periodMs, Runnable task) {
        return cancelling(
                thread.scheduleWithFixedDelay(guarded(task), initialDelayMs, periodMs, TimeUnit.MILLISECONDS));
    }

    /** Tasks that have not begun are forgotten. */
    @Override
    public void close() {
        thread.shutdown();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                faults.fault("timer", fault);
            }
        };
    }

    private static Timer cancelling(ScheduledFuture<?> future) {
        return () -> future.cancel(false);
    }
}
