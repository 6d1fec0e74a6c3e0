package io.barnabas.bench.report;

import static io.barnabas.bench.report.Goal.atLeast;
import static io.barnabas.bench.report.Goal.atMost;

import java.util.List;

/** All goals, in the order of the README's table. */
final class Goals {
    private static final double THIRD = 1.0 / 3;

    static final List<Goal> ALL = List.of(
            atMost(
                    0.5,
                    "produce, 64 KB batches, acks=all, idempotent: broker CPU-s per GB",
                    "raw-produce-64k",
                    Figure.CPU_PER_GB),
            atMost(THIRD, "produce, 16 KB batches, acks=1: broker CPU-s per GB", "raw-produce-16k", Figure.CPU_PER_GB),
            atMost(
                    THIRD,
                    "produce, one record of 1 KB a request: broker CPU, us",
                    "raw-produce-1k",
                    Figure.CPU_PER_REQUEST),
            atMost(THIRD, "Metadata: broker CPU a request, us", "raw-metadata", Figure.CPU_PER_REQUEST),
            atMost(0.7, "fetch, 1 MB parts, 1 connection: broker CPU-s per GB", "raw-fetch-1m", Figure.CPU_PER_GB),
            atMost(0.7, "fetch, 1 MB parts, 4 connections: broker CPU-s per GB", "raw-fetch-1m-4", Figure.CPU_PER_GB),
            atMost(0.5, "fetch, 64 KB parts: broker CPU-s per GB", "raw-fetch-64k", Figure.CPU_PER_GB),
            atMost(0.5, "produce, lz4: broker CPU-s per GB", "raw-produce-lz4", Figure.CPU_PER_GB),
            atMost(0.5, "produce, zstd: broker CPU-s per GB", "raw-produce-zstd", Figure.CPU_PER_GB),
            atLeast(2, "produce, 64 KB batches, broker on one core: MB/s", "raw-produce-64k", Figure.THROUGHPUT),
            atLeast(1.2, "kafka-producer-perf-test: MB/s", "stock-tools", Figure.PRODUCED),
            atLeast(1.2, "kafka-consumer-perf-test: MB/s", "stock-tools", Figure.CONSUMED),
            atLeast(
                    1.2,
                    "kafka-consumer-perf-test, once it has joined its group: MB/s",
                    "stock-tools",
                    Figure.CONSUMED_FETCHING),
            atMost(0.5, "500 records a second, acks=all: p99, ms", "rate-500", Figure.P99),
            atMost(0.5, "500 records a second, acks=all: p99.9, ms", "rate-500", Figure.P999),
            atMost(0.5, "5,000 records a second, acks=all: p99, ms", "rate-5000", Figure.P99),
            atMost(0.5, "5,000 records a second, acks=all: p99.9, ms", "rate-5000", Figure.P999),
            atMost(0.7, "from producer to waiting reader: p50, ms", "end-to-end", Figure.P50),
            atMost(0.25, "resident memory, idle after the start, MB", "start", Figure.RESIDENT),
            atMost(THIRD, "resident memory with 5,000 partitions, MB", "partitions-5000", Figure.RESIDENT),
            atMost(THIRD, "resident memory at its peak under load, MB", "memory", Figure.PEAK),
            atMost(0.5, "exec to first acknowledged record, ms", "start", Figure.START),
            atMost(THIRD, "creating 1,000 topics: broker CPU-s", "topics-1000", Figure.CPU_SECONDS),
            atMost(0.5, "restart with 5,000 partitions, ms", "partitions-5000", Figure.RESTART));

    private Goals() {}
}
