package io.barnabas.requests.data;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.FaultHandler;
import io.barnabas.runtime.Timers;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What the data path needs of the rest of the broker.
 *
 * @param codec bounded pool for batches that take long to check
 * @param diskIo pool for reads of what is not in memory
 * @param random for session ids; used while registering only
 * @param fetchMaxBytes {@code fetch.max.bytes}
 * @param fetchSessionSlots {@code max.incremental.fetch.session.cache.slots}
 */
public record DataPorts(
        Replicas replicas,
        MetadataCache metadata,
        BrokerAddresses addresses,
        Authorizer authorizer,
        Quotas quotas,
        Metrics metrics,
        Clock clock,
        Timers timers,
        Executor codec,
        Executor diskIo,
        FaultHandler faults,
        ByteBufAllocator allocator,
        RandomGenerator random,
        int fetchMaxBytes,
        int fetchSessionSlots,
        TransactionVerifier transactions) {}
