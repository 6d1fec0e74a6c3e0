package io.barnabas.config;

import java.util.List;

/** ZooKeeper. Where the cluster's state lives. To be used through {@link BrokerKeys}. */
interface ZooKeeperKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker("ZooKeeper", "Where the cluster's state lives.");

    ConfigKey<String> ZOOKEEPER_CONNECT = FAMILY.textKey("zookeeper.connect")
            .high()
            .doc(
                    "Servers of the ensemble as host:port list, with an optional path behind the last. Unset: a server of our own runs inside the broker.");

    ConfigKey<Integer> ZOOKEEPER_SESSION_TIMEOUT_MS = FAMILY.intKey("zookeeper.session.timeout.ms")
            .defaultsTo(18_000)
            .high()
            .doc("A broker that is not heard of for this long counts as gone.");

    ConfigKey<Integer> ZOOKEEPER_CONNECTION_TIMEOUT_MS = FAMILY.intKey("zookeeper.connection.timeout.ms")
            .elseQuietlyFrom(ZOOKEEPER_SESSION_TIMEOUT_MS)
            .high()
            .doc("How long the start waits for ZooKeeper; unset: the session timeout.");

    ConfigKey<Boolean> ZOOKEEPER_SET_ACL = FAMILY.booleanKey("zookeeper.set.acl")
            .defaultsTo(false)
            .high()
            .doc("Whether what is written to ZooKeeper is protected against others.");

    ConfigKey<Integer> ZOOKEEPER_MAX_IN_FLIGHT_REQUESTS = FAMILY.intKey("zookeeper.max.in.flight.requests")
            .defaultsTo(10)
            .atLeast(1)
            .high()
            .doc("Requests to ZooKeeper that may be unanswered at once.");

    ConfigKey<Boolean> ZOOKEEPER_SSL_CLIENT_ENABLE = FAMILY.booleanKey("zookeeper.ssl.client.enable")
            .defaultsTo(false)
            .doc("Whether the connection to ZooKeeper uses TLS.");

    ConfigKey<String> ZOOKEEPER_CLIENT_CNXN_SOCKET = FAMILY.textKey("zookeeper.clientCnxnSocket")
            .doc("Class of the connection to ZooKeeper; TLS needs the one based on Netty.");

    ConfigKey<String> ZOOKEEPER_SSL_KEYSTORE_LOCATION =
            FAMILY.textKey("zookeeper.ssl.keystore.location").doc("Key store of the connection to ZooKeeper.");

    ConfigKey<Password> ZOOKEEPER_SSL_KEYSTORE_PASSWORD =
            FAMILY.passwordKey("zookeeper.ssl.keystore.password").doc("Password of that key store.");

    ConfigKey<String> ZOOKEEPER_SSL_KEYSTORE_TYPE = FAMILY.textKey("zookeeper.ssl.keystore.type")
            .doc("Format of that key store; unset: told by the file's name.");

    ConfigKey<String> ZOOKEEPER_SSL_TRUSTSTORE_LOCATION =
            FAMILY.textKey("zookeeper.ssl.truststore.location").doc("Trust store of the connection to ZooKeeper.");

    ConfigKey<Password> ZOOKEEPER_SSL_TRUSTSTORE_PASSWORD =
            FAMILY.passwordKey("zookeeper.ssl.truststore.password").doc("Password of that trust store.");

    ConfigKey<String> ZOOKEEPER_SSL_TRUSTSTORE_TYPE = FAMILY.textKey("zookeeper.ssl.truststore.type")
            .doc("Format of that trust store; unset: told by the file's name.");

    ConfigKey<String> ZOOKEEPER_SSL_PROTOCOL = FAMILY.textKey("zookeeper.ssl.protocol")
            .defaultsTo("TLSv1.2")
            .low()
            .doc("TLS version of the connection to ZooKeeper.");

    ConfigKey<List<String>> ZOOKEEPER_SSL_ENABLED_PROTOCOLS = FAMILY.listKey("zookeeper.ssl.enabled.protocols")
            .low()
            .doc("TLS versions accepted there; unset: zookeeper.ssl.protocol alone.");

    ConfigKey<List<String>> ZOOKEEPER_SSL_CIPHER_SUITES = FAMILY.listKey("zookeeper.ssl.cipher.suites")
            .low()
            .doc("Cipher suites accepted there; unset: those of the Java runtime.");

    ConfigKey<String> ZOOKEEPER_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM = FAMILY.textKey(
                    "zookeeper.ssl.endpoint.identification.algorithm")
            .defaultsTo("HTTPS")
            .low()
            .doc("Whether the host name of ZooKeeper's certificate is checked.");

    ConfigKey<Boolean> ZOOKEEPER_SSL_CRL_ENABLE = FAMILY.booleanKey("zookeeper.ssl.crl.enable")
            .defaultsTo(false)
            .low()
            .doc("Whether revocation lists are asked about ZooKeeper's certificate.");

    ConfigKey<Boolean> ZOOKEEPER_SSL_OCSP_ENABLE = FAMILY.booleanKey("zookeeper.ssl.ocsp.enable")
            .defaultsTo(false)
            .low()
            .doc("Whether a responder is asked about the revocation of ZooKeeper's certificate.");
}
