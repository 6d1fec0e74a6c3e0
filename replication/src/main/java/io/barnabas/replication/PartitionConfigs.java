package io.barnabas.replication;

/** Where a topic's configuration comes from. Asked on the role mailbox; answers at once. */
@FunctionalInterface
public interface PartitionConfigs {

    PartitionConfig of(String topic);
}
