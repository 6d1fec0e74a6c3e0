package io.barnabas.broker;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.coordinator.PartitionWriter;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.group.GroupSettings;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.requests.group.OffsetsTopic;
import io.barnabas.requests.group.TransactionsTopic;
import io.barnabas.requests.metadata.FirstUse;
import io.barnabas.requests.txn.CoordinatedVerifier;
import io.barnabas.requests.txn.MarkerWriter;
import io.barnabas.requests.txn.PartitionMarkers;
import io.barnabas.txn.ProducerIdBlocks;
import io.barnabas.txn.ProducerIds;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.txn.TransactionSettings;
import io.netty.buffer.ByteBufAllocator;

/** The coordinators of groups and of transactions, and how the ones hear of the others. Made by the starting thread. */
final class Coordinators implements AutoCloseable {
    private final OffsetsTopic offsetsTopic;
    private final TransactionsTopic transactionsTopic;
    private final GroupCoordinator groups;
    private final TransactionCoordinator transactions;
    private final ProducerIds producerIds;
    private final MarkerWriter markers;
    private final TransactionVerifier verifier;
    private final TransactionFeature feature;

    Coordinators(
            int brokerId,
            Machinery machinery,
            ConfigStore configs,
            MetadataCache metadata,
            FirstUse firstUse,
            Replicas replicas,
            ByteBufAllocator allocator,
            ProducerIdBlocks blocks) {
        BrokerConfig config = configs.broker();
        PartitionWriter writer = new ReplicaPartitionWriter(replicas, allocator);
        offsetsTopic = new OffsetsTopic(metadata, config, firstUse);
        transactionsTopic =
                new TransactionsTopic(metadata, config, () -> firstUse.create(TransactionCoordinator.TOPIC));
        feature = new TransactionFeature(metadata);
        producerIds = new ProducerIds(blocks, machinery.clock(), machinery.timers());
        groups = new GroupCoordinator(
                new GroupCoordinator.Environment(
                        GroupSettings.from(config),
                        GroupSettings.runtimeFrom(config),
                        writer,
                        machinery.clock(),
                        machinery.timers(),
                        machinery.work(),
                        machinery.diskIo(),
                        machinery.faults()),
                offsetsTopic,
                machinery::random);
        markers = new MarkerWriter(replicas, groups, allocator, machinery.clock());
        transactions = new TransactionCoordinator(
                new TransactionCoordinator.Environment(
                        TransactionSettings.from(config),
                        TransactionSettings.runtimeFrom(config),
                        writer,
                        feature::transactionVersion,
                        machinery.clock(),
                        machinery.timers(),
                        machinery.work(),
                        machinery.diskIo(),
                        machinery.faults()),
                producerIds,
                new PartitionMarkers(
                        markers, metadata, brokerId, machinery.timers(), machinery.work(), machinery.clock()),
                transactionsTopic);
        verifier = new CoordinatedVerifier(
                transactions,
                () -> configs.broker().get(BrokerKeys.TRANSACTION_PARTITION_VERIFICATION_ENABLE),
                machinery.timers());
    }

    OffsetsTopic offsetsTopic() {
        return offsetsTopic;
    }

    TransactionsTopic transactionsTopic() {
        return transactionsTopic;
    }

    GroupCoordinator groups() {
        return groups;
    }

    TransactionCoordinator transactions() {
        return transactions;
    }

    ProducerIds producerIds() {
        return producerIds;
    }

    MarkerWriter markers() {
        return markers;
    }

    TransactionVerifier verifier() {
        return verifier;
    }

    TransactionFeature feature() {
        return feature;
    }

    @Override
    public void close() {
        transactions.close();
        groups.close();
    }
}
