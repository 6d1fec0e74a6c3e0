package io.barnabas.cluster.store;

import java.util.List;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;

/**
 * The settings that ZooKeeper's client takes from system properties, without those that only TLS needs: to learn their
 * names, the client would load all of TLS and the system's certificates, a tenth of the CPU time of a start.
 */
final class PlainClientConfig extends ZKClientConfig {
    private static final List<String> READ = List.of(
            ZKConfig.JUTE_MAXBUFFER,
            KINIT_COMMAND,
            JGSS_NATIVE,
            ZK_SASL_CLIENT_USERNAME,
            ZK_SASL_CLIENT_CANONICALIZE_HOSTNAME,
            LOGIN_CONTEXT_NAME_KEY,
            ENABLE_CLIENT_SASL_KEY,
            ZOOKEEPER_SERVER_REALM,
            DISABLE_AUTO_WATCH_RESET,
            ZOOKEEPER_CLIENT_CNXN_SOCKET,
            SECURE_CLIENT);

    private PlainClientConfig() {}

    /** Those of TLS too where the system properties ask for it. */
    static ZKClientConfig read() {
        return Boolean.getBoolean(SECURE_CLIENT) ? new ZKClientConfig() : new PlainClientConfig();
    }

    /** Called while the object is made. */
    @Override
    protected void handleBackwardCompatibility() {
        READ.forEach(key -> setProperty(key, System.getProperty(key)));
    }
}
