package io.barnabas.txn;

/** What is kept in {@code __transaction_state}. */
sealed interface TransactionRecord {

    String transactionalId();

    void accept(Visitor visitor);

    /** A transactional id stands like this now. */
    record Stored(TransactionState state) implements TransactionRecord {
        @Override
        public String transactionalId() {
            return state.transactionalId();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.stored(state);
        }
    }

    /** A transactional id is forgotten. */
    record Removed(String transactionalId) implements TransactionRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.removed(transactionalId);
        }
    }

    /** Who tells the kinds apart. */
    interface Visitor {
        void stored(TransactionState state);

        void removed(String transactionalId);
    }
}
