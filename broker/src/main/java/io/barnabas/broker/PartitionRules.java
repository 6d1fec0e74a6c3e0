package io.barnabas.broker;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.TopicConfig;
import io.barnabas.config.TopicKeys;
import io.barnabas.log.LogConfig;
import io.barnabas.replication.PartitionConfig;
import io.barnabas.wire.record.Compression;
import io.barnabas.wire.record.RecordRules;

/** From a topic's settings to what its partitions take from them. Pure. */
final class PartitionRules {
    private PartitionRules() {}

    static PartitionConfig of(TopicConfig topic, BrokerConfig broker) {
        return new PartitionConfig(
                LogConfig.from(topic),
                records(topic, broker),
                topic.get(TopicKeys.MIN_INSYNC_REPLICAS),
                topic.get(TopicKeys.MESSAGE_DOWNCONVERSION_ENABLE),
                topic.get(TopicKeys.BARNABAS_DURABLE_ACKS));
    }

    private static RecordRules records(TopicConfig topic, BrokerConfig broker) {
        Compression target = target(topic.get(TopicKeys.COMPRESSION_TYPE));
        long difference = topic.get(TopicKeys.MESSAGE_TIMESTAMP_DIFFERENCE_MAX_MS);
        return new RecordRules(
                topic.get(TopicKeys.MAX_MESSAGE_BYTES),
                target,
                level(target, topic),
                topic.get(TopicKeys.MESSAGE_TIMESTAMP_TYPE).equals("LogAppendTime"),
                unlessSet(topic.get(TopicKeys.MESSAGE_TIMESTAMP_BEFORE_MAX_MS), difference),
                unlessSet(topic.get(TopicKeys.MESSAGE_TIMESTAMP_AFTER_MAX_MS), difference),
                topic.isCompacted(),
                broker.get(BrokerKeys.BARNABAS_BATCH_MAX_EXPANDED_BYTES));
    }

    /** Null keeps the producer's codec. */
    private static Compression target(String type) {
        return switch (type) {
            case "producer" -> null;
            case "uncompressed" -> Compression.NONE;
            case "gzip" -> Compression.GZIP;
            case "snappy" -> Compression.SNAPPY;
            case "lz4" -> Compression.LZ4;
            case "zstd" -> Compression.ZSTD;
            default -> throw new IllegalArgumentException("compression.type " + type);
        };
    }

    private static int level(Compression target, TopicConfig topic) {
        if (target == Compression.GZIP) {
            return topic.get(TopicKeys.COMPRESSION_GZIP_LEVEL);
        } else if (target == Compression.LZ4) {
            return topic.get(TopicKeys.COMPRESSION_LZ4_LEVEL);
        }
        return target == Compression.ZSTD ? topic.get(TopicKeys.COMPRESSION_ZSTD_LEVEL) : 0;
    }

    /** The older key counts in both directions where the newer ones say nothing. */
    private static long unlessSet(long limit, long difference) {
        return limit == Long.MAX_VALUE ? difference : limit;
    }
}
