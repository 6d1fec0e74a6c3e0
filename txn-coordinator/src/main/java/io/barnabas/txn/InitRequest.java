package io.barnabas.txn;

/**
 * A producer takes a transactional id over.
 *
 * @param producerId that it had, or -1; with {@code epoch}
 */
public record InitRequest(String transactionalId, int timeoutMs, long producerId, short epoch) {
    boolean namesProducer() {
        return producerId != TransactionState.NO_ID;
    }
}
