package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.TopicConfig;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionRulesTest {
    private static final BrokerConfig BROKER = BrokerConfig.of(Map.of());

    @Test
    void keepsTheProducersCodecUnlessTheTopicNamesOne() {
        assertThat(rules(Map.of()).target()).isNull();
        assertThat(rules(Map.of("compression.type", "uncompressed")).target()).isEqualTo(Compression.NONE);
        RecordRules zstd = rules(Map.of("compression.type", "zstd", "compression.zstd.level", "7"));
        assertThat(zstd.target()).isEqualTo(Compression.ZSTD);
        assertThat(zstd.level()).isEqualTo(7);
    }

    @Test
    void takesTheOlderKeyForTimestampsWhereTheNewerSayNothing() {
        RecordRules older = rules(Map.of("message.timestamp.difference.max.ms", "1000"));
        assertThat(older.timestampBeforeMaxMs()).isEqualTo(1000);

        RecordRules newer =
                rules(Map.of("message.timestamp.difference.max.ms", "1000", "message.timestamp.before.max.ms", "50"));
        assertThat(newer.timestampBeforeMaxMs()).isEqualTo(50);
    }

    @Test
    void demandsKeysOfCompactedTopicsOnly() {
        assertThat(rules(Map.of()).compacted()).isFalse();
        assertThat(rules(Map.of("cleanup.policy", "compact,delete")).compacted())
                .isTrue();
    }

    @Test
    void takesWhatTheTopicLeavesOpenFromTheBroker() {
        BrokerConfig broker =
                BrokerConfig.of(Map.of("min.insync.replicas", "2", "log.message.timestamp.type", "LogAppendTime"));

        PartitionConfig config = PartitionRules.of(TopicConfig.of(broker, Map.of()), broker);

        assertThat(config.minInSyncReplicas()).isEqualTo(2);
        assertThat(config.records().logAppendTime()).isTrue();
    }

    private static RecordRules rules(Map<String, String> overrides) {
        return PartitionRules.of(TopicConfig.of(BROKER, overrides), BROKER).records();
    }
}
