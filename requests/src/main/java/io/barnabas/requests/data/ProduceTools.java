package io.barnabas.requests.data;

import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Timers;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;

/**
 * What every Produce of this broker works with.
 *
 * @param codec where batches are checked that take long: large compressed ones, gzip, and what must be compressed anew
 */
record ProduceTools(
        PartitionLookup lookup,
        LeaderHints hints,
        Authorizer authorizer,
        Quotas quotas,
        Metrics metrics,
        Clock clock,
        Timers timers,
        Executor codec,
        FaultHandler faults,
        ByteBufAllocator allocator,
        TransactionVerifier transactions) {}
