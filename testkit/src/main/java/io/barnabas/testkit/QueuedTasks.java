package io.barnabas.testkit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A pool whose tasks wait until the test runs them, one at a time or all. Confined to one thread. */
public final class QueuedTasks extends AbstractExecutorService {
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** False when there was none. */
    public boolean runOne() {
        Runnable task = waiting.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    public void runAll() {
        while (runOne()) {
            // Tasks may bring more of them.
        }
    }

    public void forgetAll() {
        waiting.clear();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.copyOf(waiting);
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
