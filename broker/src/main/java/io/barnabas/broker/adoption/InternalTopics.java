package io.barnabas.broker.adoption;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.group.GroupCoordinator;
import io.barnabas.txn.TransactionCoordinator;
import java.util.Map;

/** Settings of the topics in which brokers keep their own state, as they need them. Pure. */
public final class InternalTopics {
    private InternalTopics() {}

    public static Map<String, Map<String, String>> settings(BrokerConfig config) {
        return Map.of(
                GroupCoordinator.TOPIC,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "compression.type",
                        "producer",
                        "segment.bytes",
                        Integer.toString(config.get(BrokerKeys.OFFSETS_TOPIC_SEGMENT_BYTES))),
                TransactionCoordinator.TOPIC,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "compression.type",
                        "uncompressed",
                        // There is one replica only, so nobody waits for a second one.
                        "min.insync.replicas",
                        "1",
                        "segment.bytes",
                        Integer.toString(config.get(BrokerKeys.TRANSACTION_STATE_LOG_SEGMENT_BYTES)),
                        "unclean.leader.election.enable",
                        "false"));
    }
}
