package io.barnabas.txn;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.List;

/** What administrators may see. Confined to the shard. */
final class TransactionViews {
    private final Transactions transactions;

    TransactionViews(Transactions transactions) {
        this.transactions = transactions;
    }

    Step<TransactionRecord> describe(String transactionalId, Waiter<TransactionDescription> waiter) {
        TransactionState state = transactions.find(transactionalId);
        return Step.of(Effect.reply(
                waiter,
                state == null
                        ? TransactionDescription.refused(transactionalId, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND)
                        : TransactionDescription.of(state)));
    }

    Step<TransactionRecord> list(TransactionFilter filter, Waiter<TransactionListing> waiter, long nowMs) {
        List<TransactionListing.Entry> entries = transactions.all().stream()
                .filter(state -> filter.lets(state, nowMs))
                .map(state -> new TransactionListing.Entry(
                        state.transactionalId(),
                        state.producerId(),
                        state.status().text()))
                .toList();
        return Step.of(Effect.reply(waiter, new TransactionListing(ErrorCode.NONE, entries)));
    }
}
