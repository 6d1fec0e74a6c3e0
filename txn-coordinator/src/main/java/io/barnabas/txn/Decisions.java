package io.barnabas.txn;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the decision of a transaction to its completion: the decision is written, then the partitions are told, then it
 * is complete. Nothing is told before the decision is replicated. Confined to the shard.
 */
final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final long RETRY_MS = 500;

    private final Transactions transactions;
    private final Consumer<TransactionState> tellPartitions;

    /** @param tellPartitions begins to write markers, and lets {@link #told} follow */
    Decisions(Transactions transactions, Consumer<TransactionState> tellPartitions) {
        this.transactions = transactions;
        this.tellPartitions = tellPartitions;
    }

    /** @param refusal how an error of the log looks as an answer */
    <A> Step<TransactionRecord> decide(
            TransactionState prepared, Waiter<A> waiter, A answer, Function<ErrorCode, A> refusal) {
        return Step.write(
                List.of(new TransactionRecord.Stored(prepared)),
                () -> List.of(tell(prepared), Effect.reply(waiter, answer)),
                error -> List.of(Effect.replyAtOnce(waiter, refusal.apply(StoreErrors.of(error)))));
    }

    Effect<TransactionRecord> tell(TransactionState prepared) {
        return Effect.afterCommit(() -> tellPartitions.accept(prepared));
    }

    /** All partitions of the transaction have their markers; true when it is complete now. */
    Step<TransactionRecord> told(TransactionState prepared, Waiter<Boolean> waiter, long nowMs) {
        TransactionState state = underWay(prepared);
        if (state == null) {
            return Step.of(Effect.replyAtOnce(waiter, false));
        }
        return Step.write(
                List.of(new TransactionRecord.Stored(state.completed(nowMs))),
                () -> List.of(Effect.replyAtOnce(waiter, true)),
                error -> List.of(Effect.replyAtOnce(waiter, false), completeLater(prepared, error)));
    }

    private Effect<TransactionRecord> completeLater(TransactionState prepared, ErrorCode error) {
        LOG.info("The transaction of {} cannot be completed yet, trying again: {}", prepared.transactionalId(), error);
        return Effect.setTimer(
                new CompletionTimer(prepared.transactionalId()), RETRY_MS, nowMs -> complete(prepared, nowMs));
    }

    private Step<TransactionRecord> complete(TransactionState prepared, long nowMs) {
        TransactionState state = underWay(prepared);
        return state == null
                ? Step.nothing()
                : Step.write(
                        List.of(new TransactionRecord.Stored(state.completed(nowMs))),
                        List::of,
                        error -> List.of(completeLater(prepared, error)));
    }

    /** Null when the transaction is not that one any more. */
    private TransactionState underWay(TransactionState prepared) {
        TransactionState state = transactions.find(prepared.transactionalId());
        boolean same = state != null
                && state.status() == prepared.status()
                && state.producerId() == prepared.producerId()
                && state.epoch() == prepared.epoch();
        return same ? state : null;
    }

    private record CompletionTimer(String transactionalId) {}
}
