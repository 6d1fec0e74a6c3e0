package io.barnabas.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client's settings are those that ZooKeeper's own class reads. */
class PlainClientConfigTest {
    private static final List<String> SETTINGS = List.of(
            ZKClientConfig.ZK_SASL_CLIENT_USERNAME,
            ZKClientConfig.LOGIN_CONTEXT_NAME_KEY,
            ZKClientConfig.ZOOKEEPER_SERVER_REALM,
            ZKClientConfig.DISABLE_AUTO_WATCH_RESET,
            ZKClientConfig.KINIT_COMMAND);

    @AfterEach
    void forget() {
        SETTINGS.forEach(System::clearProperty);
        System.clearProperty(ZKClientConfig.SECURE_CLIENT);
    }

    @Test
    void readsTheSystemPropertiesThatTheClientReads() {
        SETTINGS.forEach(name -> System.setProperty(name, "my " + name));
        ZKClientConfig theirs = new ZKClientConfig();
        ZKClientConfig ours = PlainClientConfig.read();
        assertThat(SETTINGS)
                .allSatisfy(name -> assertThat(ours.getProperty(name))
                        .isEqualTo("my " + name)
                        .isEqualTo(theirs.getProperty(name)));
        assertThat(ours).isInstanceOf(PlainClientConfig.class);
    }

    @Test
    void leavesItToTheClientsOwnClassWhereTlsIsWanted() {
        System.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
        assertThat(PlainClientConfig.read()).isExactlyInstanceOf(ZKClientConfig.class);
    }
}
