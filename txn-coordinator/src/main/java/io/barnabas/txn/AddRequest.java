package io.barnabas.txn;

import io.barnabas.wire.TopicPartition;
import java.util.Set;

/**
 * Partitions that a producer writes to in its transaction.
 *
 * @param clientVersion of the transactions protocol: 0, or 2 where each transaction has an epoch of its own
 */
public record AddRequest(
        String transactionalId, long producerId, short epoch, Set<TopicPartition> partitions, short clientVersion) {}
