package io.barnabas.requests.admin;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Versions;
import io.barnabas.wire.ApiKey;

/** Registers the APIs for administrators. */
public final class AdminApis {
    private AdminApis() {}

    public static void register(ApiRegistry registry, AdminPorts ports) {
        ConfigAlterations alterations = new ConfigAlterations(ports);
        registry.deferred(ApiKey.CREATE_TOPICS, Versions.of(0, 7), new CreateTopicsHandler(ports));
        registry.deferred(ApiKey.DELETE_TOPICS, Versions.of(0, 6), new DeleteTopicsHandler(ports));
        registry.deferred(ApiKey.CREATE_PARTITIONS, Versions.of(0, 3), new CreatePartitionsHandler(ports));
        registry.deferred(ApiKey.DESCRIBE_CONFIGS, Versions.of(0, 4), new DescribeConfigsHandler(ports));
        registry.deferred(ApiKey.ALTER_CONFIGS, Versions.of(0, 2), new AlterConfigsHandler(alterations));
        registry.deferred(
                ApiKey.INCREMENTAL_ALTER_CONFIGS, Versions.of(0, 1), new IncrementalAlterConfigsHandler(alterations));
        registry.inline(
                ApiKey.ALTER_PARTITION_REASSIGNMENTS, Versions.of(0, 1), new AlterPartitionReassignmentsHandler(ports));
        registry.inline(
                ApiKey.LIST_PARTITION_REASSIGNMENTS, Versions.of(0, 0), new ListPartitionReassignmentsHandler(ports));
        registry.inline(ApiKey.LIST_CONFIG_RESOURCES, Versions.of(0, 1), new ListConfigResourcesHandler(ports));
    }
}
