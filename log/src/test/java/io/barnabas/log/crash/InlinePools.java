package io.barnabas.log.crash;

import io.barnabas.log.DirectExecutorService;
import io.barnabas.runtime.ThreadPools;
import java.util.concurrent.ExecutorService;

/** No threads: what is given to a pool is done at once, so that a run is the same every time. */
final class InlinePools extends ThreadPools {
    @Override
    public synchronized ExecutorService pool(String name, int threads) {
        return new DirectExecutorService();
    }
}
