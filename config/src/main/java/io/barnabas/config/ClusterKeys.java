package io.barnabas.config;

/** Cluster, controller and topics. Who this broker is, what the controller does, and how topics are made. To be used through {@link BrokerKeys}. */
interface ClusterKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "Cluster, controller and topics", "Who this broker is, what the controller does, and how topics are made.");

    ConfigKey<Integer> NODE_ID = FAMILY.intKey("node.id")
            .defaultsTo(-1)
            .high()
            .doc("The same as broker.id, under the name that newer configuration files use.");

    ConfigKey<Integer> BROKER_ID = FAMILY.intKey("broker.id")
            .defaultsTo(-1)
            .high()
            .doc(
                    "Number of this broker, unique in the cluster. -1: one is generated at the first start and kept in meta.properties.");

    ConfigKey<Boolean> BROKER_ID_GENERATION_ENABLE = FAMILY.booleanKey("broker.id.generation.enable")
            .defaultsTo(true)
            .doc("Whether a number is generated for a broker that has none.");

    ConfigKey<Integer> RESERVED_BROKER_MAX_ID = FAMILY.intKey("reserved.broker.max.id")
            .defaultsTo(1000)
            .atLeast(0)
            .doc("The largest number that may be given to a broker by hand; generated ones are larger.");

    ConfigKey<String> BROKER_RACK = FAMILY.textKey("broker.rack")
            .doc("Rack or zone of this broker; replicas are spread over racks, and consumers may read from their own.");

    ConfigKey<String> INTER_BROKER_PROTOCOL_VERSION = FAMILY.textKey("inter.broker.protocol.version")
            .defaultsTo("3.9-IV0")
            .check(new Constraint.Release())
            .doc(
                    "The oldest release whose requests all brokers of the cluster understand. Below 3.0, message.format.version counts.");

    ConfigKey<Integer> NUM_PARTITIONS = FAMILY.intKey("num.partitions")
            .defaultsTo(1)
            .atLeast(1)
            .doc("Partitions of a topic that is created without a number.");

    ConfigKey<Integer> DEFAULT_REPLICATION_FACTOR = FAMILY.intKey("default.replication.factor")
            .defaultsTo(1)
            .doc("Replicas of a topic that is created without a number, or created automatically.");

    ConfigKey<Boolean> AUTO_CREATE_TOPICS_ENABLE = FAMILY.booleanKey("auto.create.topics.enable")
            .defaultsTo(true)
            .high()
            .doc("Whether a topic is created when a client first asks for it.");

    ConfigKey<Boolean> DELETE_TOPIC_ENABLE =
            FAMILY.booleanKey("delete.topic.enable").defaultsTo(true).high().doc("Whether topics can be deleted.");

    ConfigKey<String> CREATE_TOPIC_POLICY_CLASS_NAME = FAMILY.classKey("create.topic.policy.class.name")
            .low()
            .doc("Class that may refuse the creation of a topic.");

    ConfigKey<String> ALTER_CONFIG_POLICY_CLASS_NAME = FAMILY.classKey("alter.config.policy.class.name")
            .low()
            .doc("Class that may refuse a change of configuration.");

    ConfigKey<Boolean> ALTER_CONFIG_POLICY_KRAFT_COMPATIBILITY_ENABLE = FAMILY.booleanKey(
                    "alter.config.policy.kraft.compatibility.enable")
            .defaultsTo(false)
            .low()
            .doc("Whether that class is shown subtractions from lists in the way a quorum controller shows them.");

    ConfigKey<Boolean> AUTO_LEADER_REBALANCE_ENABLE = FAMILY.booleanKey("auto.leader.rebalance.enable")
            .defaultsTo(true)
            .high()
            .doc("Whether the controller gives leadership back to preferred replicas from time to time.");

    ConfigKey<Long> LEADER_IMBALANCE_CHECK_INTERVAL_SECONDS = FAMILY.longKey("leader.imbalance.check.interval.seconds")
            .defaultsTo(300L)
            .atLeast(1L)
            .high()
            .doc("How often the controller looks for partitions that are not led by their preferred replica.");

    ConfigKey<Integer> LEADER_IMBALANCE_PER_BROKER_PERCENTAGE = FAMILY.intKey("leader.imbalance.per.broker.percentage")
            .defaultsTo(10)
            .high()
            .doc("Leadership is given back once more than this share of a broker's partitions is led elsewhere.");

    ConfigKey<Boolean> UNCLEAN_LEADER_ELECTION_ENABLE = FAMILY.booleanKey("unclean.leader.election.enable")
            .defaultsTo(false)
            .high()
            .clusterWide()
            .doc(
                    "Whether a replica that has fallen behind may become leader when no other is left; records can be lost.");

    ConfigKey<Long> UNCLEAN_LEADER_ELECTION_INTERVAL_MS = FAMILY.longKey("unclean.leader.election.interval.ms")
            .defaultsTo(300_000L)
            .atLeast(1L)
            .hidden()
            .doc("How often the controller looks for partitions that only such an election can help.");

    ConfigKey<Boolean> CONTROLLED_SHUTDOWN_ENABLE = FAMILY.booleanKey("controlled.shutdown.enable")
            .defaultsTo(true)
            .doc("Whether a broker that stops first moves its leaderships away.");

    ConfigKey<Integer> CONTROLLED_SHUTDOWN_MAX_RETRIES = FAMILY.intKey("controlled.shutdown.max.retries")
            .defaultsTo(3)
            .doc("How often moving leaderships away is tried before the broker stops all the same.");

    ConfigKey<Long> CONTROLLED_SHUTDOWN_RETRY_BACKOFF_MS = FAMILY.longKey("controlled.shutdown.retry.backoff.ms")
            .defaultsTo(5000L)
            .doc("Wait between these tries.");

    ConfigKey<Integer> CONTROLLER_SOCKET_TIMEOUT_MS = FAMILY.intKey("controller.socket.timeout.ms")
            .defaultsTo(30_000)
            .doc("How long the controller waits for a broker's answer.");

    ConfigKey<Integer> BACKGROUND_THREADS = FAMILY.intKey("background.threads")
            .defaultsTo(10)
            .atLeast(1)
            .high()
            .clusterWide()
            .doc("Threads for work beside requests, such as deleting files and expiring state.");

    ConfigKey<Integer> MAX_REQUEST_PARTITION_SIZE_LIMIT = FAMILY.intKey("max.request.partition.size.limit")
            .defaultsTo(2000)
            .atLeast(1)
            .doc("Partitions that one answer to DescribeTopicPartitions holds at most.");
}
