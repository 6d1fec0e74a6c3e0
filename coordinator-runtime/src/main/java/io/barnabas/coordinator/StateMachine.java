package io.barnabas.coordinator;

/**
 * State that lives in one partition of an internal topic. Pure: time comes as an argument, everything that happens
 * outside goes out as a {@link Step}. Confined: to the loader while the partition is read, to the shard's mailbox
 * afterwards.
 *
 * @param <R> its records
 */
public interface StateMachine<R> {

    /** Takes a record over, freshly appended or read back: what must survive a restart changes only here. */
    void apply(R record, AppliedBatch batch);

    /** A transaction ended: what {@code producerId} wrote in transactional batches now counts, or never will. */
    void applyMarker(long producerId, boolean committed);

    /** All records of the partition have been applied and commands may come. */
    Step<R> loaded(long nowMs);
}
