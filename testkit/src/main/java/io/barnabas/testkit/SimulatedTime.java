package io.barnabas.testkit;

import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Time that moves only when told to. Tasks run on the thread that advances it, in order of their due time and, where
 * those are equal, of scheduling. Confined to one thread.
 */
public final class SimulatedTime implements Clock, Timers {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.dueMs).thenComparingLong(task -> task.id));
    private long nowMs;
    private long nextId;

    /** Begins in November 2023, so that timestamps look like timestamps. */
    public SimulatedTime() {
        this(1_700_000_000_000L);
    }

    public SimulatedTime(long startMs) {
        this.nowMs = startMs;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public long monotonicNs() {
        return TimeUnit.MILLISECONDS.toNanos(nowMs);
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        return add(new Task(nextId++, nowMs + Math.max(0, delayMs), -1, task));
    }

    @Override
    public Timer repeat(long initialDelayMs, long periodMs, Runnable task) {
        return add(new Task(nextId++, nowMs + Math.max(0, initialDelayMs), Math.max(1, periodMs), task));
    }

    /** Moves forward and runs what comes due on the way, each at its own time. */
    public void advanceMs(long millis) {
        long target = nowMs + millis;
        while (!tasks.isEmpty() && tasks.peek().dueMs <= target) {
            runNext();
        }
        nowMs = target;
    }

    /** Moves to the next task and runs it; false when there is none. */
    public boolean advanceToNextTask() {
        if (tasks.isEmpty()) {
            return false;
        }
        runNext();
        return true;
    }

    /** Tasks that wait for their time. */
    public int waitingTasks() {
        return tasks.size();
    }

    private Timer add(Task task) {
        tasks.add(task);
        return () -> {
            task.cancelled = true;
            tasks.remove(task);
        };
    }

    private void runNext() {
        Task task = tasks.poll();
        nowMs = Math.max(nowMs, task.dueMs);
        task.action.run();
        if (task.periodMs > 0 && !task.cancelled) {
            task.dueMs = nowMs + task.periodMs;
            tasks.add(task);
        }
    }

    private static final class Task {
        private final long id;
        private final long periodMs;
        private final Runnable action;
        private long dueMs;
        private boolean cancelled;

        private Task(long id, long dueMs, long periodMs, Runnable action) {
            this.id = id;
            this.dueMs = dueMs;
            this.periodMs = periodMs;
            this.action = action;
        }
    }
}
