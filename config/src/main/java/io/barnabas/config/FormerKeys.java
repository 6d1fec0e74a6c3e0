package io.barnabas.config;

/** Former keys. Keys of releases before 3.0. Files that hold them start as they are. To be used through {@link BrokerKeys}. */
interface FormerKeys {

    KeyFamily FAMILY =
            KeyFamily.ofBroker("Former keys", "Keys of releases before 3.0. Files that hold them start as they are.");

    ConfigKey<String> HOST_NAME =
            FAMILY.textKey("host.name").high().hidden().doc("Host to listen on when listeners is unset; before 3.0.");

    ConfigKey<Integer> PORT =
            FAMILY.intKey("port").high().hidden().doc("Port to listen on when listeners is unset; before 3.0.");

    ConfigKey<String> ADVERTISED_HOST_NAME = FAMILY.textKey("advertised.host.name")
            .high()
            .hidden()
            .doc("Host that clients are told to use when advertised.listeners is unset; before 3.0.");

    ConfigKey<Integer> ADVERTISED_PORT = FAMILY.intKey("advertised.port")
            .high()
            .hidden()
            .doc("Port that clients are told to use when advertised.listeners is unset; before 3.0.");

    ConfigKey<Long> QUOTA_PRODUCER_DEFAULT = FAMILY.longKey("quota.producer.default")
            .atLeast(1L)
            .high()
            .hidden()
            .doc(
                    "Bytes a second for every producer without a limit of its own; before 3.0, now set as a default client quota.");

    ConfigKey<Long> QUOTA_CONSUMER_DEFAULT = FAMILY.longKey("quota.consumer.default")
            .atLeast(1L)
            .high()
            .hidden()
            .doc(
                    "Bytes a second for every consumer without a limit of its own; before 3.0, now set as a default client quota.");

    ConfigKey<Integer> ZOOKEEPER_SYNC_TIME_MS = FAMILY.intKey("zookeeper.sync.time.ms")
            .low()
            .hidden()
            .doc("How far a ZooKeeper follower may be behind; had no effect in later releases either.");
}
