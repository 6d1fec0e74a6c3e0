package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicConfigTest {

    private static final BrokerConfig PLAIN = BrokerConfig.of(Map.of());

    @Test
    void followsTheBrokerUntilItSetsAValueItself() {
        BrokerConfig broker = BrokerConfig.of(Map.of("log.retention.hours", "1", "message.max.bytes", "500"));
        TopicConfig plain = TopicConfig.of(broker, Map.of());
        TopicConfig own = TopicConfig.of(broker, Map.of("retention.ms", "9"));
        assertThat(plain.get(TopicKeys.RETENTION_MS)).isEqualTo(3_600_000L);
        assertThat(plain.get(TopicKeys.MAX_MESSAGE_BYTES)).isEqualTo(500);
        assertThat(own.get(TopicKeys.RETENTION_MS)).isEqualTo(9L);
        assertThat(own.get(TopicKeys.MAX_MESSAGE_BYTES)).isEqualTo(500);
    }

    @Test
    void followsAChangeOfTheBroker() {
        TopicConfig before = TopicConfig.of(PLAIN, Map.of("segment.bytes", "100"));
        TopicConfig after =
                before.over(PLAIN.withDynamic(Map.of("log.retention.ms", "5", "log.segment.bytes", "99"), Map.of()));
        assertThat(after.get(TopicKeys.RETENTION_MS)).isEqualTo(5L);
        assertThat(after.get(TopicKeys.SEGMENT_BYTES)).isEqualTo(100);
        assertThat(before.get(TopicKeys.RETENTION_MS)).isEqualTo(604_800_000L);
    }

    @Test
    void hasAValueForEveryKey() {
        TopicConfig config = TopicConfig.of(PLAIN, Map.of());
        for (ConfigKey<?> key : TopicKeys.all())
            assertThat((Object) config.get(key)).as(key.name()).isNotNull();
    }

    @Test
    void knowsItsCleanupPolicies() {
        TopicConfig both = TopicConfig.of(PLAIN, Map.of("cleanup.policy", "compact, delete"));
        assertThat(both.isCompacted()).isTrue();
        assertThat(both.isDeletedByAge()).isTrue();
        assertThat(TopicConfig.of(PLAIN, Map.of()).isCompacted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2.8,0.8.2,0",
        "2.1,0.9.0.1,0",
        "2.8,0.10.0-IV0,1",
        "2.0-IV1,0.10.2,1",
        "2.8-IV1,0.11.0,2",
        "2.8,2.1,2",
        "3.0-IV0,0.10.2,1",
        "3.0,0.10.2,2",
        "3.0-IV1,0.9.0,2",
        "3.9-IV0,0.10.2,2"
    })
    void keepsAnOldFormatOnlyWhereBrokersSpeakAsBefore30(String protocol, String format, int expected) {
        BrokerConfig broker = BrokerConfig.of(Map.of("inter.broker.protocol.version", protocol));
        assertThat(TopicConfig.of(broker, Map.of("message.format.version", format))
                        .recordFormat())
                .isEqualTo((byte) expected);
        BrokerConfig everywhere = BrokerConfig.of(
                Map.of("inter.broker.protocol.version", protocol, "log.message.format.version", format));
        assertThat(TopicConfig.of(everywhere, Map.of()).recordFormat()).isEqualTo((byte) expected);
        assertThat(TopicConfig.of(broker, Map.of()).recordFormat()).isEqualTo((byte) 2);
    }

    /** Texts as a Kafka 3.9.2 broker words them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retention.ms|x|Invalid value x for configuration retention.ms: Not a number of type LONG",
                "retention.ms|-2|Invalid value -2 for configuration retention.ms: Value must be at least -1",
                "segment.bytes|3|Invalid value 3 for configuration segment.bytes: Value must be at least 14",
                "segment.bytes|99999999999|Invalid value 99999999999 for configuration segment.bytes: Not a number of type INT",
                "cleanup.policy|delete,foo|Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete",
                "compression.type|foo|Invalid value foo for configuration compression.type: String must be one of: uncompressed, zstd, lz4, snappy, gzip, producer",
                "preallocate|yes|Invalid value yes for configuration preallocate: Expected value to be either true or false",
                "min.cleanable.dirty.ratio|2|Invalid value 2.0 for configuration min.cleanable.dirty.ratio: Value must be no more than 1",
                "message.format.version|9.9|Invalid value 9.9 for configuration message.format.version: Version 9.9 is not a valid version",
                "compression.gzip.level|0|Invalid value 0 for configuration compression.gzip.level: Value must be between 1 and 9 or equal to -1",
                "compression.lz4.level|0|Invalid value 0 for configuration compression.lz4.level: Value must be at least 1",
                "compression.zstd.level|50|Invalid value 50 for configuration compression.zstd.level: Value must be no more than 22",
                "leader.replication.throttled.replicas|a:b|Invalid value [a:b] for configuration leader.replication.throttled.replicas: leader.replication.throttled.replicas must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...",
                "max.message.bytes|1e3|Invalid value 1e3 for configuration max.message.bytes: Not a number of type INT",
                "foo.bar|1|Unknown topic config name: foo.bar",
                "remote.storage.enable|true|Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage."
            })
    void refusesWithTheWordsClientsKnow(String key, String value, String text) {
        var problem = TopicConfigRules.problemWith(Map.of(key, value), PLAIN);
        assertThat(problem)
                .map(ConfigProblem::text)
                .map(said -> said.replace("'", "'"))
                .contains(text);
    }

    @Test
    void refusesLagsThatContradictEachOther() {
        var problem = TopicConfigRules.problemWith(
                Map.of("min.compaction.lag.ms", "100", "max.compaction.lag.ms", "50"), PLAIN);
        assertThat(problem)
                .map(ConfigProblem::text)
                .contains("conflict topic config setting min.compaction.lag.ms (100) > max.compaction.lag.ms (50)");
    }

    @Test
    void acceptsBlanksAndAnyCaseWhereKafkaDoes() {
        Map<String, String> values = Pairs.of("retention.ms", " 5 ", "preallocate", "TRUE", "cleanup.policy", "");
        assertThat(TopicConfigRules.problemWith(values, PLAIN)).isEmpty();
        assertThat(TopicConfig.of(PLAIN, values).get(TopicKeys.RETENTION_MS)).isEqualTo(5L);
        assertThat(TopicConfig.of(PLAIN, values).get(TopicKeys.PREALLOCATE)).isTrue();
    }
}
