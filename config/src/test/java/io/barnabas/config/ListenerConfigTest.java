package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerConfigTest {

    private static ListenerConfig of(String... pairs) {
        ListenerConfig.Reading reading = ListenerConfig.read(BrokerConfig.of(Pairs.of(pairs)));
        assertThat(reading.problems()).isEmpty();
        return reading.config();
    }

    @Test
    void listensOnEveryInterfaceAndAdvertisesNothingByDefault() {
        ListenerConfig config = of();
        assertThat(config.listeners()).containsExactly(new Endpoint("PLAINTEXT", SecurityProtocol.PLAINTEXT, "", 9092));
        assertThat(config.advertised()).isEmpty();
        assertThat(config.interBrokerListenerName()).isEqualTo("PLAINTEXT");
    }

    @Test
    void advertisesTheListenersOwnHost() {
        assertThat(of("listeners", "PLAINTEXT://broker.example.org:9095").advertised("PLAINTEXT"))
                .map(Endpoint::toString)
                .contains("PLAINTEXT://broker.example.org:9095");
        assertThat(of("listeners", "PLAINTEXT://0.0.0.0:9095").advertised("PLAINTEXT"))
                .isEmpty();
    }

    @Test
    void advertisesWhatIsWritten() {
        ListenerConfig config = of(
                "listeners", "INSIDE://:9092, OUTSIDE://:9093",
                "advertised.listeners", "inside://broker:9092,OUTSIDE://[2001:db8::1]:443",
                "listener.security.protocol.map", "INSIDE:PLAINTEXT,outside:SASL_SSL",
                "inter.broker.listener.name", "inside");
        assertThat(config.advertised("OUTSIDE"))
                .contains(new Endpoint("OUTSIDE", SecurityProtocol.SASL_SSL, "2001:db8::1", 443));
        assertThat(config.advertised("OUTSIDE").orElseThrow()).hasToString("OUTSIDE://[2001:db8::1]:443");
        assertThat(config.interBrokerListener().port()).isEqualTo(9092);
    }

    @Test
    void honoursTheHostAndPortKeysOfOldFiles() {
        ListenerConfig config =
                of("host.name", "10.0.0.5", "port", "9099", "advertised.host.name", "kafka.example.org");
        assertThat(config.listeners())
                .containsExactly(new Endpoint("PLAINTEXT", SecurityProtocol.PLAINTEXT, "10.0.0.5", 9099));
        assertThat(config.advertised("PLAINTEXT"))
                .map(Endpoint::toString)
                .contains("PLAINTEXT://kafka.example.org:9099");
        assertThat(of("advertised.host.name", "a", "advertised.port", "1").advertised("PLAINTEXT"))
                .map(Endpoint::toString)
                .contains("PLAINTEXT://a:1");
    }

    @Test
    void prefersListenersToTheOldKeys() {
        ListenerConfig config =
                of("host.name", "old", "listeners", "PLAINTEXT://new:1", "advertised.listeners", "PLAINTEXT://adv:2");
        assertThat(config.listeners().get(0).host()).isEqualTo("new");
        assertThat(config.advertised("PLAINTEXT").orElseThrow().host()).isEqualTo("adv");
    }

    @Test
    void keepsAnAdvertisedPortWithoutAHost() {
        assertThat(of("advertised.listeners", "PLAINTEXT://:19092").advertised("PLAINTEXT"))
                .contains(new Endpoint("PLAINTEXT", SecurityProtocol.PLAINTEXT, "", 19_092));
    }

    @Test
    void letsListenersOfBothAddressFamiliesShareAPort() {
        ListenerConfig config = of(
                "listeners", "A://127.0.0.1:9092,B://[::1]:9092",
                "listener.security.protocol.map", "A:PLAINTEXT,B:PLAINTEXT",
                "inter.broker.listener.name", "A");
        assertThat(config.listeners()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listeners|FOO://:1|No security protocol defined for listener FOO",
                "listeners|PLAINTEXT:/x|Unable to parse PLAINTEXT:/x to a broker endpoint",
                "listeners|PLAINTEXT://h:99999|Unable to parse PLAINTEXT://h:99999 to a broker endpoint",
                "listeners|PLAINTEXT://:1,PLAINTEXT://:2|Each listener must have a different name",
                "listeners|PLAINTEXT://:1,SSL://:1|Each listener must have a different port",
                "listeners|''|There must be at least one listener",
                "listeners|SSL://:1|inter.broker.listener.name must be a listener name defined in advertised.listeners. The valid options based on currently configured listeners are SSL",
                "advertised.listeners|PLAINTEXT://0.0.0.0:9092|advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.",
                "advertised.listeners|SSL://h:1|advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. Found SSL. The valid options based on the current configuration are PLAINTEXT",
                "listener.security.protocol.map|A:B|Invalid security protocol `B`",
                "listener.security.protocol.map|AB|'AB' is no pair of a listener's name and a protocol",
                "inter.broker.listener.name|X|Listener with name X defined in inter.broker.listener.name not found in listener.security.protocol.map.",
                "control.plane.listener.name|FOO|Listener with FOO defined in control.plane.listener.name not found in listener.security.protocol.map.",
                "control.plane.listener.name|PLAINTEXT|control.plane.listener.name, when defined, should have a different value from the inter broker listener name. Currently they both have the value PLAINTEXT"
            })
    void saysWhatIsWrong(String key, String value, String reason) {
        ListenerConfig.Reading reading = ListenerConfig.read(BrokerConfig.of(Map.of(key, value)));
        assertThat(reading.config()).isNull();
        assertThat(reading.problems()).extracting(ConfigProblem::reason).contains(reason.replace("''", ""));
    }

    @Test
    void refusesTwoWaysOfNamingTheInterBrokerListener() {
        var reading = ListenerConfig.read(BrokerConfig.of(
                Map.of("inter.broker.listener.name", "PLAINTEXT", "security.inter.broker.protocol", "PLAINTEXT")));
        assertThat(reading.problems()).hasSize(1);
    }
}
