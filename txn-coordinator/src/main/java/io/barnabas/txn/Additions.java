package io.barnabas.txn;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Partitions of transactions: added by producers and leaders, asked for by leaders. Confined to the shard. */
final class Additions {
    private final Transactions transactions;
    private final Sweeps sweeps;

    Additions(Transactions transactions, Sweeps sweeps) {
        this.transactions = transactions;
        this.sweeps = sweeps;
    }

    Step<TransactionRecord> add(AddRequest request, Waiter<ErrorCode> waiter, long nowMs) {
        TransactionState state = transactions.find(request.transactionalId());
        ErrorCode error = check(request, state);
        boolean hasAll = error == ErrorCode.NONE
                && state.status() == TransactionStatus.ONGOING
                && state.partitions().containsAll(request.partitions());
        if (error != ErrorCode.NONE || hasAll) {
            return Step.of(Effect.reply(waiter, error));
        }
        return Step.write(
                List.of(new TransactionRecord.Stored(
                        state.extended(request.partitions(), request.clientVersion(), nowMs))),
                () -> sweeps.watchTimeouts(Effect.reply(waiter, ErrorCode.NONE)),
                refusal -> List.of(Effect.replyAtOnce(waiter, StoreErrors.of(refusal))));
    }

    /** An error for each partition: is it part of the transaction under way? */
    Step<TransactionRecord> verify(AddRequest request, Waiter<Map<TopicPartition, ErrorCode>> waiter) {
        TransactionState state = transactions.find(request.transactionalId());
        ErrorCode error = check(request, state);
        Map<TopicPartition, ErrorCode> errors = new HashMap<>();
        for (TopicPartition partition : request.partitions()) {
            errors.put(partition, error == ErrorCode.NONE ? membership(state, partition) : error);
        }
        return Step.of(Effect.reply(waiter, errors));
    }

    private static ErrorCode membership(TransactionState state, TopicPartition partition) {
        return state.partitions().contains(partition) ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE;
    }

    private static ErrorCode check(AddRequest request, TransactionState state) {
        if (state == null || state.producerId() != request.producerId()) {
            return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
        }
        if (state.epoch() != request.epoch()) {
            return ErrorCode.PRODUCER_FENCED;
        }
        return state.status().isPrepared() ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.NONE;
    }

    static Map<TopicPartition, ErrorCode> forAll(Set<TopicPartition> partitions, ErrorCode error) {
        Map<TopicPartition, ErrorCode> errors = new HashMap<>();
        partitions.forEach(partition -> errors.put(partition, error));
        return errors;
    }
}
