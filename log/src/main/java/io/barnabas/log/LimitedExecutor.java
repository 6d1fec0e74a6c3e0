package io.barnabas.log;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Lets at most so many tasks run at a time on another executor, in order of their coming. Any thread may call. */
final class LimitedExecutor implements Executor {
    private final Executor executor;
    private final int limit;

    /** Guarded by this, as the number of those that run. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private int running;

    LimitedExecutor(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (running == limit) {
                return;
            }
            running++;
        }
        executor.execute(this::runNext);
    }

    /** Others of the executor get their turn between two tasks. */
    private void runNext() {
        Runnable task;
        synchronized (this) {
            task = waiting.poll();
            if (task == null) {
                running--;
                return;
            }
        }
        try {
            task.run();
        } finally {
            executor.execute(this::runNext);
        }
    }
}
