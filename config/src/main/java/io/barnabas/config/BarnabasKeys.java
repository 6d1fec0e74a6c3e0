package io.barnabas.config;

/** Barnabas' own. Keys that Kafka does not have. To be used through {@link BrokerKeys}. */
interface BarnabasKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker("Barnabas' own", "Keys that Kafka does not have.");

    ConfigKey<String> BARNABAS_ZOOKEEPER_DIR = FAMILY.textKey("barnabas.zookeeper.dir")
            .doc(
                    "Directory of the embedded ZooKeeper's data, used while zookeeper.connect is unset; unset: a directory named zookeeper beside the first log directory.");

    ConfigKey<Boolean> BARNABAS_ADOPT = FAMILY.booleanKey("barnabas.adopt")
            .defaultsTo(false)
            .doc(
                    "Takes topics that lie in the log directories and that ZooKeeper does not know, from any Kafka with or without ZooKeeper, into ZooKeeper when the broker starts; --adopt on the command line sets it.");

    ConfigKey<Integer> BARNABAS_ZOOKEEPER_PORT = FAMILY.intKey("barnabas.zookeeper.port")
            .defaultsTo(2181)
            .between(0, 65_535)
            .low()
            .doc("Port on which the embedded ZooKeeper listens on the loopback; when taken, the next free one.");

    ConfigKey<String> BARNABAS_TRANSPORT = FAMILY.textKey("barnabas.transport")
            .defaultsTo("auto")
            .oneOf("auto", "epoll", "nio")
            .low()
            .doc("How sockets are driven: epoll, nio, or auto for the fastest that loads here.");

    ConfigKey<Long> BARNABAS_FRAME_DEADLINE_MS = FAMILY.longKey("barnabas.frame.deadline.ms")
            .defaultsTo(60_000L)
            .atLeast(1L)
            .low()
            .doc(
                    "A request may take this long to arrive, besides what its length allows; after that its connection is closed.");

    ConfigKey<Integer> BARNABAS_BATCH_MAX_EXPANDED_BYTES = FAMILY.intKey("barnabas.batch.max.expanded.bytes")
            .defaultsTo(134_217_728)
            .atLeast(1)
            .low()
            .doc("A compressed batch that grows beyond this when it is read is refused.");

    ConfigKey<Boolean> BARNABAS_DURABLE_ACKS = FAMILY.booleanKey("barnabas.durable.acks")
            .defaultsTo(false)
            .clusterWide()
            .doc(
                    "Whether records count as written only once they are forced to disk: producers with acks=1 or all wait for it, and consumers see nothing before. Many writes share one force.");
}
