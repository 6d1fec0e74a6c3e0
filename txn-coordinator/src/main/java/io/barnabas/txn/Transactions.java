package io.barnabas.txn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The transactional ids of one shard. Changes only where a record is applied. Confined to the shard. */
final class Transactions implements TransactionRecord.Visitor {
    private final Map<String, TransactionState> states = new LinkedHashMap<>();

    /** Null when nobody knows it. */
    TransactionState find(String transactionalId) {
        return states.get(transactionalId);
    }

    Collection<TransactionState> all() {
        return states.values();
    }

    @Override
    public void stored(TransactionState state) {
        states.put(state.transactionalId(), state);
    }

    @Override
    public void removed(String transactionalId) {
        states.remove(transactionalId);
    }
}
