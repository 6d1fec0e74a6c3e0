package io.barnabas.broker;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.Versions;
import io.barnabas.requests.data.DataApis;
import io.barnabas.requests.data.DataPorts;
import io.barnabas.requests.txn.TransactionApis;
import io.barnabas.requests.versions.ApiVersionsHandler;
import io.barnabas.txn.ProducerIds;
import io.barnabas.wire.ApiKey;
import io.netty.buffer.ByteBufAllocator;

/** Everything this broker serves, family by family. Used once, by the starting thread. */
record BrokerApis(
        Machinery machinery,
        BrokerConfig config,
        MetadataCache metadata,
        BrokerAddresses addresses,
        ByteBufAllocator allocator,
        Metrics metrics) {
    private static final Authorizer AUTHORIZER = Authorizer.allowAll();
    private static final int CODEC_THREADS = 2;

    void register(ApiRegistry registry, ApiVersionsHandler.Identity identity, Replicas replicas, ProducerIds ids) {
        // Version 0 of /feature: no finalized features while ZooKeeper holds the metadata.
        registry.inline(ApiKey.API_VERSIONS, Versions.of(0, 5), new ApiVersionsHandler(registry, identity, () -> 0));
        DataApis.register(registry, dataPorts(replicas));
        TransactionApis.register(registry, ids, AUTHORIZER, metrics);
    }

    private DataPorts dataPorts(Replicas replicas) {
        return new DataPorts(
                replicas,
                metadata,
                addresses,
                AUTHORIZER,
                Quotas.none(),
                metrics,
                machinery.clock(),
                machinery.timers(),
                machinery.pools().pool("codec", CODEC_THREADS),
                machinery.diskIo(),
                machinery.faults(),
                allocator,
                machinery.random(),
                config.get(BrokerKeys.FETCH_MAX_BYTES),
                config.get(BrokerKeys.MAX_INCREMENTAL_FETCH_SESSION_CACHE_SLOTS));
    }
}
