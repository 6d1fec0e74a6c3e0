package io.barnabas.config;

import static io.barnabas.config.ConfigChange.Operation.APPEND;
import static io.barnabas.config.ConfigChange.Operation.DELETE;
import static io.barnabas.config.ConfigChange.Operation.SET;
import static io.barnabas.config.ConfigChange.Operation.SUBTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {

    private static ConfigChange.Outcome apply(Map<String, String> current, ConfigChange... changes) {
        return ConfigChange.applyAll(current, List.of(changes), TopicKeys::named);
    }

    @Test
    void setsAndDeletes() {
        var outcome = apply(
                Map.of("retention.ms", "1", "segment.bytes", "100"),
                new ConfigChange(SET, "retention.ms", "2"),
                new ConfigChange(DELETE, "segment.bytes", null),
                new ConfigChange(DELETE, "flush.ms", null));
        assertThat(outcome.values()).isEqualTo(Map.of("retention.ms", "2"));
    }

    @Test
    void appendsToTheDefaultWhereNothingIsSet() {
        assertThat(apply(Map.of(), new ConfigChange(APPEND, "cleanup.policy", "compact"))
                        .values())
                .isEqualTo(Map.of("cleanup.policy", "delete,compact"));
    }

    @Test
    void appendsWhatIsNotThereYet() {
        assertThat(apply(
                                Map.of("cleanup.policy", "compact"),
                                new ConfigChange(APPEND, "cleanup.policy", "compact,delete"))
                        .values())
                .isEqualTo(Map.of("cleanup.policy", "compact,delete"));
    }

    @Test
    void subtractsWhatIsThere() {
        assertThat(apply(
                                Map.of("cleanup.policy", "compact,delete"),
                                new ConfigChange(SUBTRACT, "cleanup.policy", "compact"))
                        .values())
                .isEqualTo(Map.of("cleanup.policy", "delete"));
        assertThat(apply(Map.of(), new ConfigChange(SUBTRACT, "leader.replication.throttled.replicas", "0:1"))
                        .values())
                .isEqualTo(Map.of("leader.replication.throttled.replicas", ""));
    }

    @Test
    void refusesToAppendToWhatIsNoList() {
        var outcome = apply(Map.of(), new ConfigChange(APPEND, "retention.ms", "5"));
        assertThat(outcome.isRefused()).isTrue();
        assertThat(outcome.problem().text())
                .isEqualTo("Config value append is not allowed for config key: retention.ms");
        assertThat(apply(Map.of(), new ConfigChange(SUBTRACT, "nonsense", "5"))
                        .problem()
                        .text())
                .isEqualTo("Config value subtract is not allowed for config key: nonsense");
    }

    @Test
    void knowsOperationsByTheirNumbers() {
        assertThat(ConfigChange.Operation.of((byte) 3)).contains(SUBTRACT);
        assertThat(ConfigChange.Operation.of((byte) 4)).isEmpty();
        assertThat(ConfigChange.Operation.of((byte) -1)).isEmpty();
    }
}
