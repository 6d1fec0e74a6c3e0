package io.barnabas.testkit;

import io.barnabas.runtime.ThreadPools;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Pools without threads: a task runs at once, on the stack of whoever hands it in. */
public final class SameThreadPools extends ThreadPools {
    @Override
    public ExecutorService pool(String name, int threads) {
        return new SameThread();
    }

    private static final class SameThread extends AbstractExecutorService {
        private boolean ended;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            ended = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            ended = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return ended;
        }

        @Override
        public boolean isTerminated() {
            return ended;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return ended;
        }
    }
}
