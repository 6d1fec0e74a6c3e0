package io.barnabas.requests.metadata;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.config.BrokerConfig;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.Metrics;
import java.util.function.Supplier;

/**
 * What the APIs about metadata need of the rest of the broker.
 *
 * @param config as it counts now
 */
public record MetadataPorts(
        MetadataCache metadata,
        BrokerAddresses addresses,
        FirstUse firstUse,
        Supplier<BrokerConfig> config,
        Authorizer authorizer,
        Metrics metrics) {}
