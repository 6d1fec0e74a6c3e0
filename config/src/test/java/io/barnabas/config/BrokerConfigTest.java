package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {

    private static BrokerConfig of(String... pairs) {
        return BrokerConfig.of(Pairs.of(pairs));
    }

    @Test
    void countsTheBrokersOwnValueBeforeTheClustersBeforeTheFiles() {
        BrokerConfig file = of("message.max.bytes", "100");
        BrokerConfig cluster = file.withDynamic(Map.of("message.max.bytes", "200"), Map.of());
        BrokerConfig both = file.withDynamic(Map.of("message.max.bytes", "200"), Map.of("message.max.bytes", "300"));
        assertThat(of().get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(1_048_588);
        assertThat(file.get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(100);
        assertThat(cluster.get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(200);
        assertThat(both.get(BrokerKeys.MESSAGE_MAX_BYTES)).isEqualTo(300);
        assertThat(both.withDynamic(Map.of(), Map.of()).get(BrokerKeys.MESSAGE_MAX_BYTES))
                .isEqualTo(100);
    }

    @Test
    void takesRetentionFromTheFinestUnitThatIsSet() {
        assertThat(of().get(BrokerKeys.LOG_RETENTION_MS)).isEqualTo(168L * 3_600_000);
        assertThat(of("log.retention.hours", "2").get(BrokerKeys.LOG_RETENTION_MS))
                .isEqualTo(7_200_000L);
        assertThat(of("log.retention.hours", "2", "log.retention.minutes", "3").get(BrokerKeys.LOG_RETENTION_MS))
                .isEqualTo(180_000L);
        assertThat(of("log.retention.minutes", "3", "log.retention.ms", "4").get(BrokerKeys.LOG_RETENTION_MS))
                .isEqualTo(4L);
        assertThat(of("log.retention.hours", "-1").get(BrokerKeys.LOG_RETENTION_MS))
                .isEqualTo(-1L);
    }

    @Test
    void takesRollTimesAndFlushTimesFromTheirStandIns() {
        assertThat(of().get(BrokerKeys.LOG_ROLL_MS)).isEqualTo(168L * 3_600_000);
        assertThat(of("log.roll.jitter.hours", "1").get(BrokerKeys.LOG_ROLL_JITTER_MS))
                .isEqualTo(3_600_000L);
        assertThat(of("log.flush.scheduler.interval.ms", "7").get(BrokerKeys.LOG_FLUSH_INTERVAL_MS))
                .isEqualTo(7L);
        assertThat(of().get(BrokerKeys.ZOOKEEPER_CONNECTION_TIMEOUT_MS)).isEqualTo(18_000);
    }

    @Test
    void readsOneOrSeveralLogDirectories() {
        assertThat(of().logDirs()).containsExactly("/tmp/kafka-logs");
        assertThat(of("log.dir", "/a").logDirs()).containsExactly("/a");
        assertThat(of("log.dirs", "/b, /c,", "log.dir", "/a").logDirs()).containsExactly("/b", "/c");
    }

    @Test
    void knowsTheBrokerByEitherName() {
        assertThat(of("node.id", "4").get(BrokerKeys.BROKER_ID)).isEqualTo(4);
        assertThat(of("broker.id", "5").get(BrokerKeys.NODE_ID)).isEqualTo(5);
        assertThat(of().withFileValue(BrokerKeys.BROKER_ID, "1001").get(BrokerKeys.NODE_ID))
                .isEqualTo(1001);
    }

    @Test
    void tellsWhatWasSetFromWhatIsDefault() {
        assertThat(of("num.partitions", "1").isSet(BrokerKeys.NUM_PARTITIONS)).isTrue();
        assertThat(of().isSet(BrokerKeys.NUM_PARTITIONS)).isFalse();
        assertThat(of().withDynamic(Map.of("num.io.threads", "9"), Map.of()).isSet(BrokerKeys.NUM_IO_THREADS))
                .isTrue();
    }

    @Test
    void passesOverAStoredValueThatCannotBeRead() {
        BrokerConfig config = of("num.io.threads", "5").withDynamic(Map.of("num.io.threads", "many"), Map.of());
        assertThat(config.get(BrokerKeys.NUM_IO_THREADS)).isEqualTo(5);
    }

    @Test
    void givesAListenerItsOwnValue() {
        BrokerConfig config = of("listener.name.outside.max.connections", "7", "max.connections", "9");
        assertThat(config.get(BrokerKeys.MAX_CONNECTIONS, "OUTSIDE")).isEqualTo(7);
        assertThat(config.get(BrokerKeys.MAX_CONNECTIONS, "INSIDE")).isEqualTo(9);
    }

    @Test
    void refusesToReadATopicKey() {
        assertThatThrownBy(() -> of().get(TopicKeys.RETENTION_MS)).isInstanceOf(IllegalArgumentException.class);
    }
}
