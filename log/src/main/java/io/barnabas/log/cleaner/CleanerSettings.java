package io.barnabas.log.cleaner;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;

/**
 * What compaction needs of the broker's configuration.
 *
 * @param enabled whether it runs at all
 * @param maxBytesPerSecond read and written by all threads together
 * @param dedupeBufferBytes memory for keys, of all threads together
 * @param ioBufferBytes memory for reading and writing, of all threads together
 * @param loadFactor how full the memory for keys may get
 * @param backoffMs pause when there is nothing to do
 */
public record CleanerSettings(
        boolean enabled,
        int threads,
        double maxBytesPerSecond,
        long dedupeBufferBytes,
        int ioBufferBytes,
        double loadFactor,
        long backoffMs) {

    private static final int SMALLEST_IO_BUFFER = 1024;

    public static CleanerSettings from(BrokerConfig broker) {
        return new CleanerSettings(
                broker.get(BrokerKeys.LOG_CLEANER_ENABLE),
                broker.get(BrokerKeys.LOG_CLEANER_THREADS),
                broker.get(BrokerKeys.LOG_CLEANER_IO_MAX_BYTES_PER_SECOND),
                broker.get(BrokerKeys.LOG_CLEANER_DEDUPE_BUFFER_SIZE),
                broker.get(BrokerKeys.LOG_CLEANER_IO_BUFFER_SIZE),
                broker.get(BrokerKeys.LOG_CLEANER_IO_BUFFER_LOAD_FACTOR),
                broker.get(BrokerKeys.LOG_CLEANER_BACKOFF_MS));
    }

    /** Kafka's defaults. */
    public static CleanerSettings defaults() {
        return new CleanerSettings(true, 1, Double.MAX_VALUE, 128 << 20, 512 << 10, 0.9, 15_000);
    }

    /** One thread's share; half of the memory reads, half writes. */
    int bufferBytes() {
        return Math.max(SMALLEST_IO_BUFFER, ioBufferBytes / Math.max(1, threads) / 2);
    }

    /** One thread's share. */
    long mapBytes() {
        return dedupeBufferBytes / Math.max(1, threads);
    }
}
