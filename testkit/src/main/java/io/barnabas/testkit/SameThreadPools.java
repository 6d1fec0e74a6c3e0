package io.barnabas.testkit;

import io.barnabas.runtime.ThreadPools;
import java.util.concurrent.ExecutorService;

/** Pools without threads, each a {@link SameThread}. */
public final class SameThreadPools extends ThreadPools {
    @Override
    public synchronized ExecutorService pool(String name, int threads) {
        return new SameThread();
    }
}
