package io.barnabas.requests.txn;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Versions;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.ApiKey;

/** Registers the APIs about producer ids and transactions. */
public final class TransactionApis {
    private TransactionApis() {}

    public static void register(ApiRegistry registry, TransactionPorts ports) {
        TransactionErrors errors = new TransactionErrors(ports.metrics());
        TransactionCoordinator transactions = ports.transactions();
        Authorizer authorizer = ports.authorizer();
        registry.deferred(
                ApiKey.INIT_PRODUCER_ID,
                Versions.of(0, 5),
                new InitProducerIdHandler(ports.producerIds(), transactions, authorizer, errors));
        registry.deferred(
                ApiKey.ADD_PARTITIONS_TO_TXN,
                Versions.of(0, 5),
                new AddPartitionsToTxnHandler(transactions, ports.metadata(), authorizer, errors));
        registry.deferred(
                ApiKey.ADD_OFFSETS_TO_TXN,
                Versions.of(0, 4),
                new AddOffsetsToTxnHandler(transactions, ports.groups(), authorizer, errors));
        registry.deferred(ApiKey.END_TXN, Versions.of(0, 5), new EndTxnHandler(transactions, authorizer, errors));
        registry.deferred(
                ApiKey.WRITE_TXN_MARKERS,
                Versions.of(0, 2),
                new WriteTxnMarkersHandler(ports.markers(), authorizer, errors));
        registry.deferred(ApiKey.TXN_OFFSET_COMMIT, Versions.of(0, 6), new TxnOffsetCommitHandler(ports, errors));
        registry.inline(
                ApiKey.DESCRIBE_PRODUCERS,
                Versions.of(0, 0),
                new DescribeProducersHandler(ports.replicas(), ports.metadata(), authorizer, errors));
        registry.deferred(
                ApiKey.DESCRIBE_TRANSACTIONS,
                Versions.of(0, 0),
                new DescribeTransactionsHandler(transactions, authorizer, errors));
        registry.deferred(
                ApiKey.LIST_TRANSACTIONS,
                Versions.of(0, 2),
                new ListTransactionsHandler(transactions, authorizer, errors));
    }
}
