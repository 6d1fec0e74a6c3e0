package io.barnabas.txn;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A transactional id as administrators see it.
 *
 * @param status as people read it; "" with an error
 * @param startMs -1 when no transaction is under way
 */
public record TransactionDescription(
        ErrorCode error,
        String transactionalId,
        String status,
        int timeoutMs,
        long startMs,
        long producerId,
        short epoch,
        SortedSet<TopicPartition> partitions) {

    static TransactionDescription of(TransactionState state) {
        return new TransactionDescription(
                ErrorCode.NONE,
                state.transactionalId(),
                state.status().text(),
                state.timeoutMs(),
                state.startMs(),
                state.producerId(),
                state.epoch(),
                state.partitions());
    }

    static TransactionDescription refused(String transactionalId, ErrorCode error) {
        return new TransactionDescription(error, transactionalId, "", 0, 0, 0, (short) 0, new TreeSet<>());
    }
}
