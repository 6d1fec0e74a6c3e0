package io.barnabas.txn;

/** Where a transactional id stands; names and numbers are Kafka's. */
public enum TransactionStatus {
    EMPTY("Empty"),
    ONGOING("Ongoing"),
    PREPARE_COMMIT("PrepareCommit"),
    PREPARE_ABORT("PrepareAbort"),
    COMPLETE_COMMIT("CompleteCommit"),
    COMPLETE_ABORT("CompleteAbort"),
    /** About to be forgotten. Nobody writes it; people may filter by it. */
    DEAD("Dead"),
    /** As {@link #DEAD}; here a producer is fenced and its transaction aborted in one step. */
    PREPARE_EPOCH_FENCE("PrepareEpochFence");

    private final String text;

    TransactionStatus(String text) {
        this.text = text;
    }

    /** As people read it. */
    public String text() {
        return text;
    }

    byte id() {
        return (byte) ordinal();
    }

    static TransactionStatus of(byte id) {
        if (id < 0 || id > PREPARE_EPOCH_FENCE.ordinal()) {
            throw new IllegalArgumentException("a transaction of status " + id);
        }
        return values()[id];
    }

    /** Null when there is no such status. */
    static TransactionStatus named(String text) {
        for (TransactionStatus status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        return null;
    }

    /** Decided, but not all partitions have been told. */
    boolean isPrepared() {
        return this == PREPARE_COMMIT || this == PREPARE_ABORT;
    }

    /** Nothing is under way. */
    boolean isAtRest() {
        return this == EMPTY || this == COMPLETE_COMMIT || this == COMPLETE_ABORT;
    }
}
