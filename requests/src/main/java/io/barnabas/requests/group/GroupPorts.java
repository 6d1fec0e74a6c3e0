package io.barnabas.requests.group;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.consumers.ConsumerOffsets;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.Metrics;
import io.barnabas.runtime.Clock;

/**
 * What the APIs about groups need of the rest of the broker.
 *
 * @param oldOffsets of groups that keep theirs in ZooKeeper
 * @param maxOffsetMetadataChars {@code offset.metadata.max.bytes}, which counts characters
 */
public record GroupPorts(
        GroupCoordinator groups,
        OffsetsTopic offsetsTopic,
        TransactionsTopic transactionsTopic,
        ConsumerOffsets oldOffsets,
        int maxOffsetMetadataChars,
        MetadataCache metadata,
        BrokerAddresses addresses,
        Authorizer authorizer,
        Metrics metrics,
        Clock clock) {}
