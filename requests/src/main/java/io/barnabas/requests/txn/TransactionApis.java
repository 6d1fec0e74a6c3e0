package io.barnabas.requests.txn;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Versions;
import io.barnabas.txn.ProducerIds;
import io.barnabas.wire.ApiKey;

/** Registers the APIs about producer ids. */
public final class TransactionApis {
    private TransactionApis() {}

    public static void register(ApiRegistry registry, ProducerIds producerIds, Authorizer authorizer, Metrics metrics) {
        registry.deferred(
                ApiKey.INIT_PRODUCER_ID,
                Versions.of(0, 5),
                new InitProducerIdHandler(producerIds, authorizer, metrics));
    }
}
