package io.barnabas.config;

/** Listeners and connections. Where the broker listens, what it advertises, and how many connections it takes. To be used through {@link BrokerKeys}. */
interface ListenerKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "Listeners and connections",
            "Where the broker listens, what it advertises, and how many connections it takes.");

    ConfigKey<String> LISTENERS = FAMILY.textKey("listeners")
            .defaultsTo("PLAINTEXT://:9092")
            .high()
            .perBroker()
            .doc(
                    "Addresses the broker listens on, as a list of NAME://host:port; an empty host or 0.0.0.0 means every interface.");

    ConfigKey<String> ADVERTISED_LISTENERS = FAMILY.textKey("advertised.listeners")
            .high()
            .perBroker()
            .doc(
                    "Addresses that clients are told to use. Unset: the host of the listener, or, where that has none, the address by which the client reached the broker.");

    ConfigKey<String> LISTENER_SECURITY_PROTOCOL_MAP = FAMILY.textKey("listener.security.protocol.map")
            .defaultsTo("SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT")
            .low()
            .perBroker()
            .doc("Which protocol each listener name stands for: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.");

    ConfigKey<String> INTER_BROKER_LISTENER_NAME = FAMILY.textKey("inter.broker.listener.name")
            .doc(
                    "Name of the listener that brokers use among themselves. Not together with security.inter.broker.protocol.");

    ConfigKey<String> SECURITY_INTER_BROKER_PROTOCOL = FAMILY.textKey("security.inter.broker.protocol")
            .defaultsTo("PLAINTEXT")
            .oneOf("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
            .doc("Protocol that brokers use among themselves when inter.broker.listener.name is unset.");

    ConfigKey<String> CONTROL_PLANE_LISTENER_NAME = FAMILY.textKey("control.plane.listener.name")
            .high()
            .doc("Listener that takes the controller's requests alone, apart from clients and replication.");

    ConfigKey<String> EARLY_START_LISTENERS = FAMILY.textKey("early.start.listeners")
            .high()
            .doc("Listeners that accept connections before the authorizer has loaded its rules.");

    ConfigKey<Integer> NUM_NETWORK_THREADS = FAMILY.intKey("num.network.threads")
            .defaultsTo(3)
            .atLeast(1)
            .high()
            .clusterWide()
            .doc("Threads that read requests from connections and write answers to them.");

    ConfigKey<Integer> NUM_IO_THREADS = FAMILY.intKey("num.io.threads")
            .defaultsTo(8)
            .atLeast(1)
            .high()
            .clusterWide()
            .doc("Threads that work on requests which may wait for the disk.");

    ConfigKey<Integer> SOCKET_SEND_BUFFER_BYTES = FAMILY.intKey("socket.send.buffer.bytes")
            .defaultsTo(102_400)
            .high()
            .doc("Send buffer of each connection's socket; -1 leaves it to the operating system.");

    ConfigKey<Integer> SOCKET_RECEIVE_BUFFER_BYTES = FAMILY.intKey("socket.receive.buffer.bytes")
            .defaultsTo(102_400)
            .high()
            .doc("Receive buffer of each connection's socket; -1 leaves it to the operating system.");

    ConfigKey<Integer> SOCKET_REQUEST_MAX_BYTES = FAMILY.intKey("socket.request.max.bytes")
            .defaultsTo(104_857_600)
            .atLeast(1)
            .high()
            .doc("A request larger than this closes its connection.");

    ConfigKey<Integer> SOCKET_LISTEN_BACKLOG_SIZE = FAMILY.intKey("socket.listen.backlog.size")
            .defaultsTo(50)
            .atLeast(1)
            .doc("Connections that may wait for being accepted on one listener; the operating system may cap it.");

    ConfigKey<Long> SOCKET_CONNECTION_SETUP_TIMEOUT_MS = FAMILY.longKey("socket.connection.setup.timeout.ms")
            .defaultsTo(10_000L)
            .doc(
                    "How long the broker waits for the first attempt to open a connection of its own; later attempts wait longer, up to the maximum.");

    ConfigKey<Long> SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS = FAMILY.longKey("socket.connection.setup.timeout.max.ms")
            .defaultsTo(30_000L)
            .doc("The longest wait for opening a connection of the broker's own.");

    ConfigKey<Integer> MAX_CONNECTIONS = FAMILY.intKey("max.connections")
            .defaultsTo(Integer.MAX_VALUE)
            .atLeast(0)
            .clusterWide()
            .doc("Connections that the broker holds at once, over all its listeners.");

    ConfigKey<Integer> MAX_CONNECTIONS_PER_IP = FAMILY.intKey("max.connections.per.ip")
            .defaultsTo(Integer.MAX_VALUE)
            .atLeast(0)
            .clusterWide()
            .doc("Connections that one client address may hold at once.");

    ConfigKey<String> MAX_CONNECTIONS_PER_IP_OVERRIDES = FAMILY.textKey("max.connections.per.ip.overrides")
            .defaultsTo("")
            .clusterWide()
            .doc("Other limits for single addresses or host names, as a list of host:limit.");

    ConfigKey<Integer> MAX_CONNECTION_CREATION_RATE = FAMILY.intKey("max.connection.creation.rate")
            .defaultsTo(Integer.MAX_VALUE)
            .atLeast(0)
            .clusterWide()
            .doc("New connections a second, over all listeners.");

    ConfigKey<Long> CONNECTIONS_MAX_IDLE_MS = FAMILY.longKey("connections.max.idle.ms")
            .defaultsTo(600_000L)
            .doc("A connection on which nothing happens for this long is closed.");

    ConfigKey<Integer> CONNECTION_FAILED_AUTHENTICATION_DELAY_MS = FAMILY.intKey(
                    "connection.failed.authentication.delay.ms")
            .defaultsTo(100)
            .atLeast(0)
            .low()
            .doc("After a failed authentication the connection is held for this long before it is closed.");

    ConfigKey<Integer> QUEUED_MAX_REQUESTS = FAMILY.intKey("queued.max.requests")
            .defaultsTo(500)
            .atLeast(1)
            .high()
            .doc("Requests that may wait for a thread before the network stops reading.");

    ConfigKey<Long> QUEUED_MAX_REQUEST_BYTES = FAMILY.longKey("queued.max.request.bytes")
            .defaultsTo(-1L)
            .doc(
                    "Bytes of requests that may be in memory at once before the network stops reading; -1 sets no bound of this kind.");

    ConfigKey<Integer> REQUEST_TIMEOUT_MS = FAMILY.intKey("request.timeout.ms")
            .defaultsTo(30_000)
            .high()
            .doc("How long the broker waits for the answer to a request of its own.");
}
