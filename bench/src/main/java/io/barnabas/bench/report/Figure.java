package io.barnabas.bench.report;

import java.util.Arrays;
import java.util.Optional;

/** What is measured of a run. */
public enum Figure {
    THROUGHPUT("MB/s", Better.HIGHER),
    REQUESTS("requests/s", Better.HIGHER),
    CPU_PER_GB("broker CPU-s per GB", Better.LOWER),
    CPU_PER_REQUEST("broker CPU per request, us", Better.LOWER),
    CPU_SECONDS("broker CPU-s", Better.LOWER),
    P50("latency p50, ms", Better.LOWER),
    P95("latency p95, ms", Better.LOWER),
    P99("latency p99, ms", Better.LOWER),
    P999("latency p99.9, ms", Better.LOWER),
    WORST("latency max, ms", Better.LOWER),
    SENT_LATE("of that, sent late by the load itself: p99.9, ms", Better.LOWER),
    SWITCHES_PER_REQUEST("context switches per request", Better.LOWER),
    ALLOCATED_PER_REQUEST("heap allocated per request, bytes", Better.LOWER),
    START("exec to first acknowledged record, ms", Better.LOWER),
    START_CPU("broker CPU-s until then", Better.LOWER),
    DURATION("duration, ms", Better.LOWER),
    RESIDENT("resident memory, MB", Better.LOWER),
    PEAK("resident memory at its peak, MB", Better.LOWER),
    RESTART("restart until all partitions are led, ms", Better.LOWER),
    RESTART_CPU("restart, broker CPU-s", Better.LOWER),
    CRASHED_RESTART("restart after kill -9 until all partitions are led, ms", Better.LOWER),
    OPEN_FILES("open files while they are used", Better.LOWER),
    OPEN_FILES_IDLE("open files once they are idle", Better.LOWER),
    MEMORY_PER_CONNECTION("resident memory per idle connection, KB", Better.LOWER),
    IDLE_CPU("broker CPU while all are idle, ms per s", Better.LOWER),
    GROUP_FORMED("first generation of the group, ms", Better.LOWER),
    REBALANCE("rebalance, ms", Better.LOWER),
    CPU_PER_REBALANCE("broker CPU per rebalance, ms", Better.LOWER),
    QUIET_P99("latency p99 before that, ms", Better.LOWER),
    QUIET_P999("latency p99.9 before that, ms", Better.LOWER),
    COLD_READ("read from the disk meanwhile, MB/s", Better.HIGHER),
    FROM_DISK("read from the disk, and not from memory, MB", Better.LOWER),
    STOP("from SIGTERM to the end of the process, ms", Better.LOWER),
    TRANSACTIONS("transactions of 1 record, per second", Better.HIGHER),
    CPU_PER_TRANSACTION("broker CPU per transaction of 1 record, us", Better.LOWER),
    LARGE_TRANSACTIONS("transactions of 100 records, per second", Better.HIGHER),
    PRODUCED("produced by the stock tool, MB/s", Better.HIGHER),
    PRODUCED_CPU("produced by the stock tool, broker CPU-s per GB", Better.LOWER),
    CONSUMED("consumed by the stock tool, MB/s", Better.HIGHER),
    CONSUMED_JOINING("consumed by the stock tool, until it has joined its group, ms", Better.LOWER),
    CONSUMED_FETCHING("consumed by the stock tool, from then on, MB/s", Better.HIGHER),
    CONSUMED_CPU("consumed by the stock tool, broker CPU-s per GB", Better.LOWER);

    private enum Better {
        LOWER,
        HIGHER
    }

    private final String label;
    private final Better better;

    Figure(String label, Better better) {
        this.label = label;
        this.better = better;
    }

    public String label() {
        return label;
    }

    static Optional<Figure> labelled(String label) {
        return Arrays.stream(values())
                .filter(figure -> figure.label.equals(label))
                .findFirst();
    }

    /** Processor time, which noise spoils least. */
    boolean isCpu() {
        return label.contains("CPU");
    }

    boolean isBetter(double one, double other) {
        return better == Better.LOWER ? one < other : one > other;
    }
}
