package io.barnabas.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The only maker of threads. Threads are daemons, start when the first task comes, and are never interrupted: an
 * interrupt would close the file channel under whoever reads from it. Simulations bring pools without threads.
 */
public class ThreadPools implements AutoCloseable {
    private static final long CLOSE_WAIT_MS = 10_000;

    private final ArrayDeque<ExecutorService> pools = new ArrayDeque<>();

    /** A pool of at most {@code threads} threads that vanish after a minute without work. */
    public synchronized ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory("barnabas-" + name));
        pool.allowCoreThreadTimeOut(true);
        pools.push(pool);
        return pool;
    }

    /** Makes threads named {@code name-0}, {@code name-1} and so on. */
    public static ThreadFactory factory(String name) {
        AtomicInteger next = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Lets accepted tasks end, newest pool first; gives up waiting after ten seconds each. */
    @Override
    public synchronized void close() {
        while (!pools.isEmpty()) {
            ExecutorService pool = pools.pop();
            pool.shutdown();
            try {
                pool.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
