package io.barnabas.bench.machine;

import java.io.IOException;

/** Something that moves bytes for a while. */
@FunctionalInterface
interface Job {
    Moved run() throws IOException, InterruptedException;

    /** @param cpuNs what the threads that are measured used for it */
    record Moved(long bytes, long nanoseconds, long cpuNs) {
        double gigabytesPerSecond() {
            return (double) bytes / nanoseconds;
        }

        double cpuSecondsPerGigabyte() {
            return (double) cpuNs / bytes;
        }
    }
}
