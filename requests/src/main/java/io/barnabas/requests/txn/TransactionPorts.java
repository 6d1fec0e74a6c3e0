package io.barnabas.requests.txn;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.TransactionVerifier;
import io.barnabas.runtime.Clock;
import io.barnabas.txn.ProducerIds;
import io.barnabas.txn.TransactionCoordinator;

/** What the APIs about producer ids and transactions need of the rest of the broker. */
public record TransactionPorts(
        TransactionCoordinator transactions,
        ProducerIds producerIds,
        GroupCoordinator groups,
        Replicas replicas,
        MetadataCache metadata,
        TransactionVerifier verifier,
        MarkerWriter markers,
        Authorizer authorizer,
        Metrics metrics,
        Clock clock) {}
