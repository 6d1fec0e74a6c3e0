package io.barnabas.txn;

import io.barnabas.coordinator.AppliedBatch;
import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.StateMachine;
import io.barnabas.coordinator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The transactional ids of one partition of {@code __transaction_state}: state, and the commands that may be given.
 * Confined to its shard.
 */
final class TransactionMachine implements StateMachine<TransactionRecord> {
    private final Transactions transactions = new Transactions();
    private final Decisions decisions;
    private final Sweeps sweeps;
    private final Initialisations initialisations;
    private final Additions additions;
    private final Endings endings;
    private final TransactionViews views;

    /** @param tellPartitions as in {@link Decisions} */
    TransactionMachine(TransactionSettings settings, Consumer<TransactionState> tellPartitions) {
        this.decisions = new Decisions(transactions, tellPartitions);
        this.sweeps = new Sweeps(transactions, decisions, settings);
        this.initialisations = new Initialisations(transactions, decisions);
        this.additions = new Additions(transactions, sweeps);
        this.endings = new Endings(transactions, decisions);
        this.views = new TransactionViews(transactions);
    }

    Transactions transactions() {
        return transactions;
    }

    Decisions decisions() {
        return decisions;
    }

    Initialisations initialisations() {
        return initialisations;
    }

    Additions additions() {
        return additions;
    }

    Endings endings() {
        return endings;
    }

    TransactionViews views() {
        return views;
    }

    @Override
    public void apply(TransactionRecord record, AppliedBatch batch) {
        record.accept(transactions);
    }

    /** Nobody writes to this topic in transactions. */
    @Override
    public void applyMarker(long producerId, boolean committed) {}

    /** What was decided before is told again: nobody knows how far the last coordinator got. */
    @Override
    public Step<TransactionRecord> loaded(long nowMs) {
        List<Effect<TransactionRecord>> effects = new ArrayList<>(sweeps.begin());
        transactions.all().stream()
                .filter(state -> state.status().isPrepared())
                .forEach(state -> effects.add(decisions.tell(state)));
        return Step.of(effects);
    }
}
