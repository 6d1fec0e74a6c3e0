package io.barnabas.config;

import java.util.Set;

/**
 * The keys that change what the broker does. The others are known, checked and described, but nothing reads them; a start says so
 * for those that are set. Whoever makes a component read a key adds it here: a test compares this list with the code.
 */
public final class ActedOn {

    private static final Set<ConfigKey<?>> KEYS = Set.of(
            BrokerKeys.BROKER_ID,
            BrokerKeys.BROKER_ID_GENERATION_ENABLE,
            BrokerKeys.RESERVED_BROKER_MAX_ID,
            BrokerKeys.NODE_ID,
            BrokerKeys.LISTENERS,
            BrokerKeys.ADVERTISED_LISTENERS,
            BrokerKeys.LISTENER_SECURITY_PROTOCOL_MAP,
            BrokerKeys.INTER_BROKER_LISTENER_NAME,
            BrokerKeys.SECURITY_INTER_BROKER_PROTOCOL,
            BrokerKeys.HOST_NAME,
            BrokerKeys.PORT,
            BrokerKeys.ADVERTISED_HOST_NAME,
            BrokerKeys.ADVERTISED_PORT,
            BrokerKeys.LOG_DIR,
            BrokerKeys.LOG_DIRS,
            BrokerKeys.ZOOKEEPER_CONNECT);

    private ActedOn() {}

    public static boolean contains(ConfigKey<?> key) {
        return KEYS.contains(key);
    }

    public static Set<ConfigKey<?>> all() {
        return KEYS;
    }
}
