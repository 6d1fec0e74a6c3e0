package io.barnabas.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every key of a broker by one name each, and all of them as a list. The constants themselves stand in their families. */
public final class BrokerKeys
        implements ListenerKeys,
                ClusterKeys,
                LogKeys,
                ReplicationKeys,
                GroupKeys,
                TransactionKeys,
                SecurityKeys,
                SslKeys,
                SaslKeys,
                ZooKeeperKeys,
                QuorumKeys,
                RemoteLogKeys,
                QuotaKeys,
                MetricsKeys,
                FormerKeys,
                BarnabasKeys {

    private static final List<KeyFamily> FAMILIES = List.of(
            ListenerKeys.FAMILY,
            ClusterKeys.FAMILY,
            LogKeys.FAMILY,
            ReplicationKeys.FAMILY,
            GroupKeys.FAMILY,
            TransactionKeys.FAMILY,
            SecurityKeys.FAMILY,
            SslKeys.FAMILY,
            SaslKeys.FAMILY,
            ZooKeeperKeys.FAMILY,
            QuorumKeys.FAMILY,
            RemoteLogKeys.FAMILY,
            QuotaKeys.FAMILY,
            MetricsKeys.FAMILY,
            FormerKeys.FAMILY,
            BarnabasKeys.FAMILY);

    private static final List<ConfigKey<?>> ALL = new ArrayList<>();
    private static final Map<String, ConfigKey<?>> BY_NAME = new HashMap<>();

    static {
        for (KeyFamily family : FAMILIES) ALL.addAll(family.keys());
        for (ConfigKey<?> key : ALL) BY_NAME.put(key.name(), key);
    }

    private BrokerKeys() {}

    public static List<ConfigKey<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The same keys by section, as the generated page shows them. */
    public static List<KeyFamily> families() {
        return FAMILIES;
    }

    /** Null when there is no such key. A listener's prefix is not looked through. */
    public static ConfigKey<?> named(String name) {
        return BY_NAME.get(name);
    }
}
