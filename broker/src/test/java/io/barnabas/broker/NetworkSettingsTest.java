package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.broker.net.NetworkConfig;
import io.barnabas.config.BrokerConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the network makes of the configuration. */
class NetworkSettingsTest {
    @Test
    void leavesSocketBuffersToTheSystemUnlessSomebodySetsThem() {
        NetworkConfig unset = NetworkSettings.of(BrokerConfig.of(Map.of()));
        assertThat(unset.receiveBufferBytes()).isNegative();
        assertThat(unset.sendBufferBytes()).isNegative();

        NetworkConfig set = NetworkSettings.of(
                BrokerConfig.of(Map.of("socket.receive.buffer.bytes", "102400", "socket.send.buffer.bytes", "102401")));
        assertThat(set.receiveBufferBytes()).isEqualTo(102_400);
        assertThat(set.sendBufferBytes()).isEqualTo(102_401);
    }
}
