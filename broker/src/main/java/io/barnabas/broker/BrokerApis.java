package io.barnabas.broker;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.cluster.consumers.ConsumerOffsets;
import io.barnabas.cluster.store.ClusterStore;
import io.barnabas.cluster.topics.TopicCommands;
import io.barnabas.config.BrokerKeys;
import io.barnabas.log.LogManager;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.requests.Versions;
import io.barnabas.requests.admin.AdminApis;
import io.barnabas.requests.admin.AdminPorts;
import io.barnabas.requests.admin.TopicCloning;
import io.barnabas.requests.data.DataApis;
import io.barnabas.requests.data.DataPorts;
import io.barnabas.requests.group.GroupApis;
import io.barnabas.requests.group.GroupPorts;
import io.barnabas.requests.logdirs.LogDirectoryApis;
import io.barnabas.requests.metadata.FirstUse;
import io.barnabas.requests.metadata.MetadataApis;
import io.barnabas.requests.metadata.MetadataPorts;
import io.barnabas.requests.txn.TransactionApis;
import io.barnabas.requests.txn.TransactionPorts;
import io.barnabas.requests.versions.ApiVersionsHandler;
import io.barnabas.requests.versions.ApiVersionsHandler.Features;
import io.barnabas.requests.versions.ApiVersionsHandler.Identity;
import io.barnabas.wire.ApiKey;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.BooleanSupplier;

/** Everything that this broker serves, family by family. Used once, by the starting thread. */
final class BrokerApis {
    private static final int CODEC_THREADS = 2;

    private final Machinery machinery;
    private final MetadataCache metadata;
    private final ConfigStore configs;
    private final BrokerAddresses addresses;
    private final Metrics metrics;
    private final Authorizer authorizer = Authorizer.allowAll();
    private final Quotas quotas = Quotas.none();
    private final ApiRegistry registry;

    BrokerApis(
            ApiRegistry registry,
            Machinery machinery,
            MetadataCache metadata,
            ConfigStore configs,
            BrokerAddresses addresses,
            Metrics metrics) {
        this.registry = registry;
        this.machinery = machinery;
        this.metadata = metadata;
        this.configs = configs;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    void versions(Identity identity, Features features) {
        registry.inline(ApiKey.API_VERSIONS, Versions.of(0, 5), new ApiVersionsHandler(registry, identity, features));
    }

    void metadata(FirstUse firstUse) {
        MetadataApis.register(
                registry, new MetadataPorts(metadata, addresses, firstUse, configs::broker, authorizer, metrics));
    }

    void admin(int brokerId, TopicCommands topics, TopicCloning clones, BooleanSupplier isController) {
        AdminApis.register(
                registry,
                new AdminPorts(brokerId, topics, clones, configs, metadata, isController, authorizer, quotas, metrics));
    }

    void data(Replicas replicas, ByteBufAllocator allocator, TransactionVerifier verifier) {
        DataApis.register(
                registry,
                new DataPorts(
                        replicas,
                        metadata,
                        addresses,
                        authorizer,
                        quotas,
                        metrics,
                        machinery.clock(),
                        machinery.timers(),
                        machinery.pools().pool("codec", CODEC_THREADS),
                        machinery.diskIo(),
                        machinery.faults(),
                        allocator,
                        machinery.random(),
                        configs.broker().get(BrokerKeys.FETCH_MAX_BYTES),
                        configs.broker().get(BrokerKeys.MAX_INCREMENTAL_FETCH_SESSION_CACHE_SLOTS),
                        verifier));
    }

    void logDirectories(LogManager logs, Replicas replicas) {
        LogDirectoryApis.register(registry, logs, replicas, authorizer, metrics, machinery.diskIo());
    }

    void groups(Coordinators coordinators, ClusterStore store) {
        GroupApis.register(
                registry,
                new GroupPorts(
                        coordinators.groups(),
                        coordinators.offsetsTopic(),
                        coordinators.transactionsTopic(),
                        new ConsumerOffsets(store),
                        configs.broker().get(BrokerKeys.OFFSET_METADATA_MAX_BYTES),
                        metadata,
                        addresses,
                        authorizer,
                        metrics,
                        machinery.clock()));
    }

    void transactions(Coordinators coordinators, Replicas replicas) {
        TransactionApis.register(
                registry,
                new TransactionPorts(
                        coordinators.transactions(),
                        coordinators.producerIds(),
                        coordinators.groups(),
                        replicas,
                        metadata,
                        coordinators.verifier(),
                        coordinators.markers(),
                        authorizer,
                        metrics,
                        machinery.clock()));
    }
}
