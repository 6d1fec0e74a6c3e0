package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicConfigRulesTest {

    private static final BrokerConfig CURRENT =
            BrokerConfig.of(Map.of("listeners", "PLAINTEXT://:9092", "log.dirs", "/data"));

    /** Texts as a Kafka 3.9.2 broker words them, without the wrapping it puts around the one about threads. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster|log.retention.hours|5|Cannot update these configs dynamically: Set(log.retention.hours)",
                "broker|broker.id|0|Cannot update these configs dynamically: Set(broker.id)",
                "cluster|listeners|PLAINTEXT://:1|Cannot update these configs at default cluster level, broker id must be specified: Set(listeners)",
                "broker|ssl.keystore.location|x|These security configs can be dynamically updated only per-listener using the listener prefix: Set(ssl.keystore.location)",
                "cluster|log.retention.ms|abc|Invalid value abc for configuration log.retention.ms: Not a number of type LONG",
                "cluster|log.segment.bytes|3|Invalid value 3 for configuration log.segment.bytes: Value must be at least 14",
                "cluster|log.cleanup.policy|x|Invalid value x for configuration log.cleanup.policy: String must be one of: compact, delete",
                "cluster|num.io.threads|100|Dynamic thread count update validation failed for num.io.threads=100, value should not be greater than double the current value 8",
                "cluster|num.io.threads|3|Dynamic thread count update validation failed for num.io.threads=3, value should be at least half the current value 8",
                "cluster|num.io.threads|0|Invalid value 0 for configuration num.io.threads: Value must be at least 1",
                "cluster|log.retention.ms|0|log.retention.ms must be unlimited (-1) or, greater than or equal to 1",
                "cluster|log.roll.ms|0|log.roll.ms must be greater than or equal to 1",
                "broker|listeners|PLAINTEXT://:9092,NEW://:0|Invalid value PLAINTEXT://:9092,NEW://:0 for configuration listeners: No security protocol defined for listener NEW"
            })
    void refusesWithTheWordsClientsKnow(String level, String key, String value, String text) {
        var problem = DynamicConfigRules.problemWith(CURRENT, Map.of(key, value), level.equals("broker"));
        assertThat(problem).map(ConfigProblem::text).contains(text);
    }

    @Test
    void letsLogDefaultsChangeForTheWholeCluster() {
        Map<String, String> values = Map.of(
                "log.retention.ms",
                "1000",
                "message.max.bytes",
                "5",
                "num.io.threads",
                "16",
                "compression.type",
                "zstd");
        assertThat(DynamicConfigRules.problemWith(CURRENT, values, false)).isEmpty();
        assertThat(DynamicConfigRules.problemWith(CURRENT, values, true)).isEmpty();
    }

    @Test
    void letsListenersChangeForOneBroker() {
        Map<String, String> values = Map.of(
                "listeners", "PLAINTEXT://:9092,NEW://:9093",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,NEW:PLAINTEXT");
        assertThat(DynamicConfigRules.problemWith(CURRENT, values, true)).isEmpty();
    }

    @Test
    void leavesNamesThatAreNoKeysToPlugIns() {
        assertThat(DynamicConfigRules.problemWith(CURRENT, Map.of("foo.bar", "1"), false))
                .isEmpty();
    }

    @Test
    void findsAKeyBehindAListenersPrefix() {
        assertThat(DynamicConfigRules.keyOf("listener.name.sasl_ssl.plain.sasl.jaas.config"))
                .isSameAs(BrokerKeys.SASL_JAAS_CONFIG);
        assertThat(DynamicConfigRules.keyOf("listener.name.x.ssl.keystore.location"))
                .isSameAs(BrokerKeys.SSL_KEYSTORE_LOCATION);
        assertThat(DynamicConfigRules.keyOf("listener.name.x")).isNull();
        assertThat(DynamicConfigRules.keyOf("nonsense")).isNull();
    }
}
