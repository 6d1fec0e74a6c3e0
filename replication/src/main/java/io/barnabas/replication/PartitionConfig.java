package io.barnabas.replication;

import io.barnabas.log.LogConfig;
import io.barnabas.wire.record.RecordRules;

/**
 * What a partition takes from its topic's configuration. Immutable; a change brings a new one.
 *
 * @param log how segments are made and let go
 * @param records what a producer may send and how it is stored
 * @param minInSyncReplicas an append that wants all in-sync replicas is refused while there are fewer
 * @param convertsForOldReaders consumers that know no format 2 are served too, in their format
 * @param durableAcks records count as written once they are durable: acknowledgements and consumers wait for fsync
 */
public record PartitionConfig(
        LogConfig log, RecordRules records, int minInSyncReplicas, boolean convertsForOldReaders, boolean durableAcks) {

    /** With Kafka's acknowledgement: records are written once the operating system has them. */
    public PartitionConfig(LogConfig log, RecordRules records, int minInSyncReplicas, boolean convertsForOldReaders) {
        this(log, records, minInSyncReplicas, convertsForOldReaders, false);
    }
}
