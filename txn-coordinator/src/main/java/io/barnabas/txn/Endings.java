package io.barnabas.txn;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;

/**
 * EndTxn. In the first protocol a transaction ends in the epoch it had; in the second the producer goes on in the next
 * epoch, so that what is late from this transaction can be told from the next one. Confined to the shard.
 */
final class Endings {
    private final Transactions transactions;
    private final Decisions decisions;

    Endings(Transactions transactions, Decisions decisions) {
        this.transactions = transactions;
        this.decisions = decisions;
    }

    /** @param freshId as for {@link Initialisations#init} */
    Step<TransactionRecord> end(EndRequest request, long freshId, Waiter<ProducerAnswer> waiter, long nowMs) {
        TransactionState state = transactions.find(request.transactionalId());
        boolean repeated = state != null && isRepeated(request, state);
        if (state == null || state.producerId() != request.producerId() && !repeated) {
            return refuse(waiter, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        if (state.epoch() != request.epoch() && !repeated) {
            return refuse(waiter, ErrorCode.PRODUCER_FENCED);
        }
        return request.hasEpochForEach()
                ? endWithNextEpoch(request, freshId, state, repeated, waiter, nowMs)
                : endInSameEpoch(request, state, waiter, nowMs);
    }

    /** The producer asks a second time, because the first answer, with its next epoch, was lost. */
    private static boolean isRepeated(EndRequest request, TransactionState state) {
        if (!request.hasEpochForEach() || !state.hasEpochForEach()) {
            return false;
        }
        boolean sameId = state.producerId() == request.producerId() && state.epoch() == request.epoch() + 1;
        boolean otherId = state.previousProducerId() == request.producerId()
                && state.producerId() != request.producerId()
                && TransactionState.isExhausted(request.epoch())
                && state.epoch() == 0;
        return sameId || otherId;
    }

    private Step<TransactionRecord> endInSameEpoch(
            EndRequest request, TransactionState state, Waiter<ProducerAnswer> waiter, long nowMs) {
        return switch (state.status()) {
            case ONGOING ->
                decisions.decide(
                        state.decided(request.committed(), nowMs),
                        waiter,
                        ProducerAnswer.of(state.producerId(), state.epoch()),
                        ProducerAnswer::refused);
            case COMPLETE_COMMIT, COMPLETE_ABORT ->
                state.isCommit() == request.committed()
                        ? confirm(state, waiter)
                        : refuse(waiter, ErrorCode.INVALID_TXN_STATE);
            case PREPARE_COMMIT, PREPARE_ABORT -> refuse(waiter, whilePrepared(request, state));
            case EMPTY, DEAD, PREPARE_EPOCH_FENCE -> refuse(waiter, ErrorCode.INVALID_TXN_STATE);
        };
    }

    private Step<TransactionRecord> endWithNextEpoch(
            EndRequest request,
            long freshId,
            TransactionState state,
            boolean repeated,
            Waiter<ProducerAnswer> waiter,
            long nowMs) {
        return switch (state.status()) {
            case ONGOING -> {
                // The epoch after that of a transaction under way cannot be known to its producer.
                yield repeated
                        ? refuse(waiter, ErrorCode.PRODUCER_FENCED)
                        : decide(request, freshId, state, waiter, nowMs);
            }
            case COMPLETE_COMMIT, COMPLETE_ABORT -> {
                if (repeated) {
                    yield state.isCommit() == request.committed()
                            ? confirm(state, waiter)
                            : refuse(waiter, ErrorCode.INVALID_TXN_STATE);
                }
                yield endNothing(request, freshId, state, waiter, nowMs);
            }
            // Who knows the next epoch means the next transaction, which may end once this one is complete.
            case PREPARE_COMMIT, PREPARE_ABORT ->
                refuse(waiter, repeated ? whilePrepared(request, state) : ErrorCode.CONCURRENT_TRANSACTIONS);
            case EMPTY ->
                repeated
                        ? refuse(waiter, ErrorCode.PRODUCER_FENCED)
                        : endNothing(request, freshId, state, waiter, nowMs);
            case DEAD, PREPARE_EPOCH_FENCE -> refuse(waiter, ErrorCode.INVALID_TXN_STATE);
        };
    }

    /** A producer that does not know whether its first write came through aborts a transaction that may not exist. */
    private Step<TransactionRecord> endNothing(
            EndRequest request, long freshId, TransactionState state, Waiter<ProducerAnswer> waiter, long nowMs) {
        return request.committed()
                ? refuse(waiter, ErrorCode.INVALID_TXN_STATE)
                : decide(request, freshId, state, waiter, nowMs);
    }

    private Step<TransactionRecord> decide(
            EndRequest request, long freshId, TransactionState state, Waiter<ProducerAnswer> waiter, long nowMs) {
        if (state.isExhausted() && freshId == TransactionState.NO_ID) {
            return Step.of(Effect.replyAtOnce(waiter, ProducerAnswer.freshIdNeeded()));
        }
        long nextId = state.isExhausted() ? freshId : TransactionState.NO_ID;
        TransactionState prepared = state.decidedWithNextEpoch(request.committed(), nextId, nowMs);
        ProducerAnswer answer = nextId == TransactionState.NO_ID
                ? ProducerAnswer.of(prepared.producerId(), prepared.epoch())
                : ProducerAnswer.of(nextId, (short) 0);
        return decisions.decide(prepared, waiter, answer, ProducerAnswer::refused);
    }

    private static ErrorCode whilePrepared(EndRequest request, TransactionState state) {
        return state.isCommit() == request.committed()
                ? ErrorCode.CONCURRENT_TRANSACTIONS
                : ErrorCode.INVALID_TXN_STATE;
    }

    private static Step<TransactionRecord> confirm(TransactionState state, Waiter<ProducerAnswer> waiter) {
        return Step.of(Effect.reply(waiter, ProducerAnswer.of(state.producerId(), state.epoch())));
    }

    private static Step<TransactionRecord> refuse(Waiter<ProducerAnswer> waiter, ErrorCode error) {
        return Step.of(Effect.reply(waiter, ProducerAnswer.refused(error)));
    }
}
