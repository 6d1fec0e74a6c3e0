package io.barnabas.txn;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.Waiter;
import io.barnabas.wire.ErrorCode;
import java.util.List;

/**
 * InitProducerId with a transactional id: who had it before is fenced, what it left open is aborted. Confined to the
 * shard.
 */
final class Initialisations {
    private final Transactions transactions;
    private final Decisions decisions;

    Initialisations(Transactions transactions, Decisions decisions) {
        this.transactions = transactions;
        this.decisions = decisions;
    }

    /** @param freshId that nobody has, or {@link TransactionState#NO_ID}: it is asked for when it is needed */
    Step<TransactionRecord> init(InitRequest request, long freshId, Waiter<ProducerAnswer> waiter, long nowMs) {
        TransactionState state = transactions.find(request.transactionalId());
        if (state == null) {
            return freshId == TransactionState.NO_ID
                    ? needFreshId(waiter)
                    : store(
                            TransactionState.fresh(request.transactionalId(), freshId, request.timeoutMs(), nowMs),
                            waiter);
        }
        if (!isCurrent(request, state)) {
            return refuse(waiter, ErrorCode.PRODUCER_FENCED);
        }
        if (state.status() == TransactionStatus.ONGOING) {
            // The producer asks again, and gets an epoch once the markers are written.
            return decisions.decide(
                    state.fenced(nowMs),
                    waiter,
                    ProducerAnswer.refused(ErrorCode.CONCURRENT_TRANSACTIONS),
                    ProducerAnswer::refused);
        }
        return state.status().isAtRest()
                ? begin(request, freshId, state, waiter, nowMs)
                : refuse(waiter, ErrorCode.CONCURRENT_TRANSACTIONS);
    }

    /** A producer that names itself must be the last one, or the one whose epochs have just been used up. */
    private static boolean isCurrent(InitRequest request, TransactionState state) {
        return !request.namesProducer()
                || request.producerId() == state.producerId()
                || request.producerId() == state.previousProducerId() && TransactionState.isExhausted(request.epoch());
    }

    private static Step<TransactionRecord> begin(
            InitRequest request, long freshId, TransactionState state, Waiter<ProducerAnswer> waiter, long nowMs) {
        if (!request.namesProducer()) {
            return renew(request, freshId, state, TransactionState.NO_EPOCH, waiter, nowMs);
        }
        if (request.epoch() == state.epoch()) {
            return renew(request, freshId, state, state.epoch(), waiter, nowMs);
        }
        // It asks a second time, because the first answer was lost.
        return request.epoch() == state.lastEpoch()
                ? store(state.begunAgain(request.timeoutMs(), nowMs), waiter)
                : refuse(waiter, ErrorCode.PRODUCER_FENCED);
    }

    private static Step<TransactionRecord> renew(
            InitRequest request,
            long freshId,
            TransactionState state,
            short lastKnownEpoch,
            Waiter<ProducerAnswer> waiter,
            long nowMs) {
        if (!state.isExhausted()) {
            return store(state.begun(lastKnownEpoch, request.timeoutMs(), nowMs), waiter);
        }
        return freshId == TransactionState.NO_ID
                ? needFreshId(waiter)
                : store(state.begunAs(freshId, lastKnownEpoch, request.timeoutMs(), nowMs), waiter);
    }

    private static Step<TransactionRecord> store(TransactionState next, Waiter<ProducerAnswer> waiter) {
        return Step.write(
                List.of(new TransactionRecord.Stored(next)),
                () -> List.of(Effect.reply(waiter, ProducerAnswer.of(next.producerId(), next.epoch()))),
                error -> List.of(Effect.replyAtOnce(waiter, ProducerAnswer.refused(StoreErrors.of(error)))));
    }

    private static Step<TransactionRecord> needFreshId(Waiter<ProducerAnswer> waiter) {
        return Step.of(Effect.replyAtOnce(waiter, ProducerAnswer.freshIdNeeded()));
    }

    private static Step<TransactionRecord> refuse(Waiter<ProducerAnswer> waiter, ErrorCode error) {
        return Step.of(Effect.reply(waiter, ProducerAnswer.refused(error)));
    }
}
