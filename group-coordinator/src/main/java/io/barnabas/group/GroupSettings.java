package io.barnabas.group;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.coordinator.RuntimeSettings;
import io.barnabas.wire.record.Compression;
import java.util.concurrent.TimeUnit;

/**
 * What the owner of the coordinator may set.
 *
 * @param maxSize members of a group
 * @param initialRebalanceDelayMs how long the first join of an empty group waits for others
 * @param maxOffsetMetadataChars of the text kept with an offset
 * @param offsetRetentionMs how long offsets that nobody uses are kept
 * @param retentionCheckMs how often that is looked at
 */
public record GroupSettings(
        int minSessionTimeoutMs,
        int maxSessionTimeoutMs,
        int maxSize,
        int initialRebalanceDelayMs,
        int maxOffsetMetadataChars,
        long offsetRetentionMs,
        long retentionCheckMs) {

    public static GroupSettings from(BrokerConfig config) {
        return new GroupSettings(
                config.get(BrokerKeys.GROUP_MIN_SESSION_TIMEOUT_MS),
                config.get(BrokerKeys.GROUP_MAX_SESSION_TIMEOUT_MS),
                config.get(BrokerKeys.GROUP_MAX_SIZE),
                config.get(BrokerKeys.GROUP_INITIAL_REBALANCE_DELAY_MS),
                config.get(BrokerKeys.OFFSET_METADATA_MAX_BYTES),
                TimeUnit.MINUTES.toMillis(config.get(BrokerKeys.OFFSETS_RETENTION_MINUTES)),
                config.get(BrokerKeys.OFFSETS_RETENTION_CHECK_INTERVAL_MS));
    }

    /** What the groups' runtime is to be told. */
    public static RuntimeSettings runtimeFrom(BrokerConfig config) {
        return new RuntimeSettings(
                config.get(BrokerKeys.OFFSETS_COMMIT_TIMEOUT_MS),
                config.get(BrokerKeys.OFFSETS_LOAD_BUFFER_SIZE),
                codec(config.get(BrokerKeys.OFFSETS_TOPIC_COMPRESSION_CODEC)));
    }

    private static Compression codec(int id) {
        Compression codec = Compression.of(id);
        if (codec == null) {
            throw new IllegalArgumentException(
                    BrokerKeys.OFFSETS_TOPIC_COMPRESSION_CODEC + " is " + id + ", but codecs have the numbers 0 to 4");
        }
        return codec;
    }
}
