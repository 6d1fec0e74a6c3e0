package io.barnabas.requests.metadata;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Versions;
import io.barnabas.wire.ApiKey;

/** Registers the APIs about metadata. */
public final class MetadataApis {
    private MetadataApis() {}

    public static void register(ApiRegistry registry, MetadataPorts ports) {
        registry.deferred(ApiKey.METADATA, Versions.of(0, 13), new MetadataHandler(ports));
        registry.inline(ApiKey.DESCRIBE_CLUSTER, Versions.of(0, 2), new DescribeClusterHandler(ports));
        registry.inline(ApiKey.DESCRIBE_TOPIC_PARTITIONS, Versions.of(0, 0), new DescribeTopicPartitionsHandler(ports));
    }
}
