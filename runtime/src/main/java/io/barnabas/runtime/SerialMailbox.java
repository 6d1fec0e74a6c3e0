package io.barnabas.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs what is posted to it one after the other, in order, on threads of a pool; what only its tasks touch needs no
 * lock. Any thread may post. A task that throws is reported and the next one runs. Holds as many tasks as its senders
 * have requests under way; each sender bounds those.
 */
public final class SerialMailbox implements Executor {
    /** After so many tasks the thread is given back, so that no mailbox starves another one. */
    private static final int TASKS_A_TURN = 64;

    private final String name;
    private final Executor pool;
    private final FaultHandler faults;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    public SerialMailbox(String name, Executor pool, FaultHandler faults) {
        this.name = name;
        this.pool = pool;
        this.faults = faults;
    }

    /** Never runs the task on the caller's stack. */
    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        pool.execute(this::takeTurn);
    }

    private void takeTurn() {
        for (int i = 0; i < TASKS_A_TURN; i++) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (Throwable fault) {
                faults.fault(name, fault);
            }
        }
        pool.execute(this::takeTurn);
    }
}
