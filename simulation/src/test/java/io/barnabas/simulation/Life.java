package io.barnabas.simulation;

import io.barnabas.runtime.Timers;
import io.barnabas.testkit.SimulatedTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A broker process from its start to its death: whatever it was about to do later dies with it. Its threads are tasks
 * of the simulated time; each begins a little late now and then, so that they overtake each other.
 */
final class Life implements Timers {
    private static final int ONE_IN = 4;
    private static final int LATEST_MS = 6;

    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Set<Timer> waiting = new LinkedHashSet<>();
    private boolean over;

    Life(SimulatedTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
        List.copyOf(waiting).forEach(Timer::cancel);
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        Timer[] self = new Timer[1];
        Timer scheduled = time.schedule(delayMs, () -> {
            waiting.remove(self[0]);
            if (!over) {
                task.run();
            }
        });
        return remember(self, scheduled);
    }

    @Override
    public Timer repeat(long initialDelayMs, long periodMs, Runnable task) {
        return remember(new Timer[1], time.repeat(initialDelayMs, periodMs, task));
    }

    private Timer remember(Timer[] self, Timer scheduled) {
        self[0] = () -> {
            scheduled.cancel();
            waiting.remove(self[0]);
        };
        if (over) {
            scheduled.cancel();
        } else {
            waiting.add(self[0]);
        }
        return self[0];
    }

    /** A pool of threads, as far as anybody can tell. */
    ExecutorService pool() {
        return new Pool();
    }

    private final class Pool extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            schedule(random.nextInt(ONE_IN) == 0 ? random.nextInt(LATEST_MS) : 0, task);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return over;
        }

        @Override
        public boolean isTerminated() {
            return over;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return over;
        }
    }
}
