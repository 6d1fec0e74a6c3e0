package io.barnabas.txn;

import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Now and then aborts transactions that take longer than they may, and forgets ids that nobody uses. A shard without
 * transactions has no timer. Confined to the shard.
 */
final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
    private static final int MOST_FORGOTTEN_AT_ONCE = 1000;

    private enum Timer {
        TIMEOUTS,
        EXPIRATION
    }

    private final Transactions transactions;
    private final Decisions decisions;
    private final TransactionSettings settings;
    private boolean watchesTimeouts;

    Sweeps(Transactions transactions, Decisions decisions, TransactionSettings settings) {
        this.transactions = transactions;
        this.decisions = decisions;
        this.settings = settings;
    }

    /** The effect, and a look later on at the transaction that is under way now. */
    List<Effect<TransactionRecord>> watchTimeouts(Effect<TransactionRecord> effect) {
        if (watchesTimeouts) {
            return List.of(effect);
        }
        watchesTimeouts = true;
        return List.of(effect, lookAtTimeouts(settings.timeoutCheckMs()));
    }

    /** What a loaded shard begins with. */
    List<Effect<TransactionRecord>> begin() {
        List<Effect<TransactionRecord>> effects = new ArrayList<>();
        if (ongoing().findAny().isPresent()) {
            watchesTimeouts = true;
            effects.add(lookAtTimeouts(settings.timeoutCheckMs()));
        }
        effects.add(lookAtExpiration(settings.expirationCheckMs()));
        return effects;
    }

    private Effect<TransactionRecord> lookAtTimeouts(long delayMs) {
        return Effect.setTimer(Timer.TIMEOUTS, delayMs, this::abortTimedOut);
    }

    /** One at a time, because each may have as many partitions as a record can hold. */
    private Step<TransactionRecord> abortTimedOut(long nowMs) {
        TransactionState late = ongoing()
                .filter(state -> nowMs - state.startMs() > state.timeoutMs())
                .findFirst()
                .orElse(null);
        if (late == null) {
            watchesTimeouts = ongoing().findAny().isPresent();
            return watchesTimeouts ? Step.of(lookAtTimeouts(settings.timeoutCheckMs())) : Step.nothing();
        }
        TransactionState fenced = late.fenced(nowMs);
        LOG.info(
                "Aborting the transaction of {}, producer {}: it takes longer than {} ms",
                late.transactionalId(),
                late.producerId(),
                late.timeoutMs());
        return Step.write(
                List.of(new TransactionRecord.Stored(fenced)),
                () -> List.of(decisions.tell(fenced), lookAtTimeouts(0)),
                error -> List.of(lookAtTimeouts(settings.timeoutCheckMs())));
    }

    private Stream<TransactionState> ongoing() {
        return transactions.all().stream().filter(state -> state.status() == TransactionStatus.ONGOING);
    }

    private Effect<TransactionRecord> lookAtExpiration(long delayMs) {
        return Effect.setTimer(Timer.EXPIRATION, delayMs, this::forgetUnused);
    }

    private Step<TransactionRecord> forgetUnused(long nowMs) {
        List<TransactionRecord> unused = transactions.all().stream()
                .filter(state -> state.status().isAtRest() && nowMs - state.lastUpdateMs() >= settings.expirationMs())
                .limit(MOST_FORGOTTEN_AT_ONCE)
                .<TransactionRecord>map(state -> new TransactionRecord.Removed(state.transactionalId()))
                .toList();
        if (unused.isEmpty()) {
            return Step.of(lookAtExpiration(settings.expirationCheckMs()));
        }
        LOG.info("Forgetting {} transactional ids that nobody uses", unused.size());
        return Step.write(
                unused,
                () -> List.of(
                        lookAtExpiration(unused.size() == MOST_FORGOTTEN_AT_ONCE ? 0 : settings.expirationCheckMs())),
                error -> List.of(lookAtExpiration(settings.expirationCheckMs())));
    }
}
