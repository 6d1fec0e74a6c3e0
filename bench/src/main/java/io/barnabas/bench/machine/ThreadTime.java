package io.barnabas.bench.machine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the calling thread, the system's work for it included. */
final class ThreadTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ThreadTime() {}

    static long ns() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
