package io.barnabas.requests.group;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.Metrics;
import io.barnabas.runtime.Clock;

/** What the APIs about groups need of the rest of the broker. */
public record GroupPorts(
        GroupCoordinator groups,
        OffsetsTopic offsetsTopic,
        TransactionsTopic transactionsTopic,
        MetadataCache metadata,
        BrokerAddresses addresses,
        Authorizer authorizer,
        Metrics metrics,
        Clock clock) {}
