package io.barnabas.coordinator;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs tasks when the test says so, or at once. One thread. */
public final class DeferredExecutor implements Executor {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean holding;

    /** Keeps tasks back until {@link #release}. */
    public void hold() {
        holding = true;
    }

    public void release() {
        holding = false;
        runWaiting();
    }

    /** Runs what waits, and goes on holding if it does. */
    public void runWaiting() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (holding) {
            tasks.add(task);
        } else {
            task.run();
        }
    }
}
