package io.barnabas.requests.admin;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.cluster.topics.TopicCommands;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import java.util.function.BooleanSupplier;

/**
 * What the APIs for administrators need of the rest of the broker.
 *
 * @param isController whether this broker is the controller now: others refuse changes of topics
 */
public record AdminPorts(
        int brokerId,
        TopicCommands topics,
        TopicCloning clones,
        ConfigStore configs,
        MetadataCache metadata,
        BooleanSupplier isController,
        Authorizer authorizer,
        Quotas quotas,
        Metrics metrics) {}
