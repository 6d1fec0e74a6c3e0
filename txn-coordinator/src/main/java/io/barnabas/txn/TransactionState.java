package io.barnabas.txn;

import io.barnabas.wire.TopicPartition;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that is known of a transactional id. Immutable: each step of its life is another value, and a record of the log.
 *
 * @param previousProducerId before the last change, or {@link #NO_ID}
 * @param nextProducerId to go on with once the transaction under way is complete, or {@link #NO_ID}
 * @param lastEpoch the one before, as far as the producer may not have heard of the newer one; not kept in the log
 * @param partitions of the transaction under way
 * @param startMs of the last transaction, or {@link #NO_TIME}
 * @param clientVersion of the transactions protocol, as the producer of the last transaction speaks it
 */
record TransactionState(
        String transactionalId,
        long producerId,
        long previousProducerId,
        long nextProducerId,
        short epoch,
        short lastEpoch,
        int timeoutMs,
        TransactionStatus status,
        SortedSet<TopicPartition> partitions,
        long lastUpdateMs,
        long startMs,
        short clientVersion) {
    static final long NO_ID = -1;
    static final short NO_EPOCH = -1;
    static final long NO_TIME = -1;
    static final short CLASSIC = 0;
    /** From this version of the protocol on every transaction has an epoch of its own. */
    static final short EPOCH_FOR_EACH = 2;

    /** A producer's epoch ends here; the one value beyond is for fencing it. */
    private static final short LAST_EPOCH = Short.MAX_VALUE - 1;

    private static final SortedSet<TopicPartition> NONE = Collections.emptySortedSet();

    /** An id that was never seen. */
    static TransactionState fresh(String transactionalId, long producerId, int timeoutMs, long nowMs) {
        return new TransactionState(
                transactionalId,
                producerId,
                NO_ID,
                NO_ID,
                (short) 0,
                NO_EPOCH,
                timeoutMs,
                TransactionStatus.EMPTY,
                NONE,
                nowMs,
                NO_TIME,
                CLASSIC);
    }

    static boolean isExhausted(short epoch) {
        return epoch >= LAST_EPOCH;
    }

    boolean isExhausted() {
        return isExhausted(epoch);
    }

    boolean hasEpochForEach() {
        return clientVersion >= EPOCH_FOR_EACH;
    }

    /** The producer begins anew, in the next epoch. */
    TransactionState begun(short lastKnownEpoch, int nextTimeoutMs, long nowMs) {
        return atRest(producerId, next(epoch), lastKnownEpoch, nextTimeoutMs, nowMs);
    }

    /** As {@link #begun}, in the epoch that it has: the producer had not heard of it. */
    TransactionState begunAgain(int nextTimeoutMs, long nowMs) {
        return atRest(producerId, epoch, lastEpoch, nextTimeoutMs, nowMs);
    }

    /** As {@link #begun}, under another producer id: the epochs of this one are used up. */
    TransactionState begunAs(long freshId, short lastKnownEpoch, int nextTimeoutMs, long nowMs) {
        return atRest(freshId, (short) 0, lastKnownEpoch, nextTimeoutMs, nowMs);
    }

    private TransactionState atRest(long nextId, short nextEpoch, short lastKnownEpoch, int nextTimeoutMs, long nowMs) {
        return new TransactionState(
                transactionalId,
                nextId,
                producerId,
                NO_ID,
                nextEpoch,
                lastKnownEpoch,
                nextTimeoutMs,
                TransactionStatus.EMPTY,
                NONE,
                nowMs,
                NO_TIME,
                clientVersion);
    }

    /** Has more partitions, in the transaction under way or in one that begins. */
    TransactionState extended(Collection<TopicPartition> more, short asVersion, long nowMs) {
        TreeSet<TopicPartition> all = new TreeSet<>(partitions);
        all.addAll(more);
        return new TransactionState(
                transactionalId,
                producerId,
                producerId,
                NO_ID,
                epoch,
                lastEpoch,
                timeoutMs,
                TransactionStatus.ONGOING,
                Collections.unmodifiableSortedSet(all),
                nowMs,
                status == TransactionStatus.ONGOING ? startMs : nowMs,
                asVersion);
    }

    /**
     * Aborted without being asked, the producer fenced. As in the first protocol, whatever the producer speaks: nobody
     * was told of this epoch, so that an end in the one before is no repetition.
     */
    TransactionState fenced(long nowMs) {
        return prepared(TransactionStatus.PREPARE_ABORT, next(epoch), NO_EPOCH, NO_ID, startMs, CLASSIC, nowMs);
    }

    /** Decided as the producer wished, in the protocol where the epoch stays. */
    TransactionState decided(boolean committed, long nowMs) {
        return prepared(preparing(committed), epoch, lastEpoch, NO_ID, startMs, clientVersion, nowMs);
    }

    /**
     * Decided as the producer wished, in the protocol where each transaction has an epoch of its own.
     *
     * @param nextId in whose first epoch the producer goes on, or {@link #NO_ID}
     */
    TransactionState decidedWithNextEpoch(boolean committed, long nextId, long nowMs) {
        // Without any partition there was no transaction yet, so that none has a beginning.
        long start = status == TransactionStatus.ONGOING ? startMs : nowMs;
        return prepared(preparing(committed), next(epoch), epoch, nextId, start, EPOCH_FOR_EACH, nowMs);
    }

    private static TransactionStatus preparing(boolean committed) {
        return committed ? TransactionStatus.PREPARE_COMMIT : TransactionStatus.PREPARE_ABORT;
    }

    private TransactionState prepared(
            TransactionStatus next,
            short nextEpoch,
            short lastKnownEpoch,
            long nextId,
            long start,
            short asVersion,
            long nowMs) {
        return new TransactionState(
                transactionalId,
                producerId,
                producerId,
                nextId,
                nextEpoch,
                lastKnownEpoch,
                timeoutMs,
                next,
                partitions,
                nowMs,
                start,
                asVersion);
    }

    /** All partitions have been told. */
    TransactionState completed(long nowMs) {
        boolean otherId = nextProducerId != NO_ID;
        return new TransactionState(
                transactionalId,
                otherId ? nextProducerId : producerId,
                producerId,
                NO_ID,
                otherId ? 0 : epoch,
                lastEpoch,
                timeoutMs,
                isCommit() ? TransactionStatus.COMPLETE_COMMIT : TransactionStatus.COMPLETE_ABORT,
                NONE,
                nowMs,
                startMs,
                clientVersion);
    }

    boolean isCommit() {
        return status == TransactionStatus.PREPARE_COMMIT || status == TransactionStatus.COMPLETE_COMMIT;
    }

    /** As it is read back from the log. */
    TransactionState asStored() {
        return new TransactionState(
                transactionalId,
                producerId,
                previousProducerId,
                nextProducerId,
                epoch,
                NO_EPOCH,
                timeoutMs,
                status,
                partitions,
                lastUpdateMs,
                startMs,
                clientVersion);
    }

    private static short next(short epoch) {
        return (short) (epoch + 1);
    }
}
