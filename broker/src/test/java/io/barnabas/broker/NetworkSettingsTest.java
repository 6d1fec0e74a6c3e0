package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.broker.net.NetworkConfig;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the network makes of the configuration. */
class NetworkSettingsTest {
    @Test
    void leavesReceiveBuffersToTheSystemUnlessSomebodySetsThem() {
        NetworkConfig unset = NetworkSettings.of(BrokerConfig.of(Map.of()));
        assertThat(unset.receiveBufferBytes()).isNegative();
        assertThat(unset.sendBufferBytes()).isEqualTo(BrokerKeys.SOCKET_SEND_BUFFER_BYTES.defaultValue());

        NetworkConfig set = NetworkSettings.of(BrokerConfig.of(Map.of("socket.receive.buffer.bytes", "102400")));
        assertThat(set.receiveBufferBytes()).isEqualTo(102_400);
    }
}
