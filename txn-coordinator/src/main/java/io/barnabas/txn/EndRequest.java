package io.barnabas.txn;

/**
 * A producer ends its transaction.
 *
 * @param clientVersion as in {@link AddRequest}
 */
public record EndRequest(String transactionalId, long producerId, short epoch, boolean committed, short clientVersion) {
    boolean hasEpochForEach() {
        return clientVersion >= TransactionState.EPOCH_FOR_EACH;
    }
}
