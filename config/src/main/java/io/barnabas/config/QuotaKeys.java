package io.barnabas.config;

/** Quotas. Limits on what clients and replication may use. To be used through {@link BrokerKeys}. */
interface QuotaKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker("Quotas", "Limits on what clients and replication may use.");

    ConfigKey<String> CLIENT_QUOTA_CALLBACK_CLASS = FAMILY.classKey("client.quota.callback.class")
            .low()
            .doc("Class that decides which limit counts for a client.");

    ConfigKey<Integer> QUOTA_WINDOW_NUM = FAMILY.intKey("quota.window.num")
            .defaultsTo(11)
            .atLeast(1)
            .low()
            .doc("Windows that are remembered for clients' limits.");

    ConfigKey<Integer> QUOTA_WINDOW_SIZE_SECONDS = FAMILY.intKey("quota.window.size.seconds")
            .defaultsTo(1)
            .atLeast(1)
            .low()
            .doc("Length of one of these windows.");

    ConfigKey<Integer> CONTROLLER_QUOTA_WINDOW_NUM = FAMILY.intKey("controller.quota.window.num")
            .defaultsTo(11)
            .atLeast(1)
            .low()
            .doc("Windows that are remembered for limits on changes of topics.");

    ConfigKey<Integer> CONTROLLER_QUOTA_WINDOW_SIZE_SECONDS = FAMILY.intKey("controller.quota.window.size.seconds")
            .defaultsTo(1)
            .atLeast(1)
            .low()
            .doc("Length of one of these windows.");

    ConfigKey<Integer> REPLICATION_QUOTA_WINDOW_NUM = FAMILY.intKey("replication.quota.window.num")
            .defaultsTo(11)
            .atLeast(1)
            .low()
            .doc("Windows that are remembered for limits on replication.");

    ConfigKey<Integer> REPLICATION_QUOTA_WINDOW_SIZE_SECONDS = FAMILY.intKey("replication.quota.window.size.seconds")
            .defaultsTo(1)
            .atLeast(1)
            .low()
            .doc("Length of one of these windows.");

    ConfigKey<Integer> ALTER_LOG_DIRS_REPLICATION_QUOTA_WINDOW_NUM = FAMILY.intKey(
                    "alter.log.dirs.replication.quota.window.num")
            .defaultsTo(11)
            .atLeast(1)
            .low()
            .doc("Windows that are remembered for limits on moves between log directories.");

    ConfigKey<Integer> ALTER_LOG_DIRS_REPLICATION_QUOTA_WINDOW_SIZE_SECONDS = FAMILY.intKey(
                    "alter.log.dirs.replication.quota.window.size.seconds")
            .defaultsTo(1)
            .atLeast(1)
            .low()
            .doc("Length of one of these windows.");

    ConfigKey<Long> LEADER_REPLICATION_THROTTLED_RATE = FAMILY.longKey("leader.replication.throttled.rate")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .clusterWide()
            .hidden()
            .doc("Bytes a second that a leader sends for throttled replicas; can only be set while running.");

    ConfigKey<Long> FOLLOWER_REPLICATION_THROTTLED_RATE = FAMILY.longKey("follower.replication.throttled.rate")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .clusterWide()
            .hidden()
            .doc("Bytes a second that a follower takes for throttled replicas; can only be set while running.");

    ConfigKey<Long> REPLICA_ALTER_LOG_DIRS_IO_MAX_BYTES_PER_SECOND = FAMILY.longKey(
                    "replica.alter.log.dirs.io.max.bytes.per.second")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(0L)
            .clusterWide()
            .hidden()
            .doc("Bytes a second of moves between log directories; can only be set while running.");
}
