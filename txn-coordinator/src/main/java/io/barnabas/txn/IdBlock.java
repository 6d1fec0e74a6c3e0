package io.barnabas.txn;

/** Consecutive producer ids that belong to this broker. Confined to its {@link ProducerIds}. */
final class IdBlock {
    private final int size;
    private final long end;
    private long next;

    /** @param size at least 1, and the last id fits a long */
    IdBlock(long first, int size) {
        this.size = size;
        this.end = first + size;
        this.next = first;
    }

    static IdBlock empty() {
        return new IdBlock(0, 0);
    }

    boolean isUsedUp() {
        return next == end;
    }

    /** A tenth or less is left. */
    boolean runsLow() {
        return end - next <= size / 10;
    }

    long take() {
        return next++;
    }

    /** Behind its last id. */
    long end() {
        return end;
    }
}
