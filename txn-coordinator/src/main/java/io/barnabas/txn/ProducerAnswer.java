package io.barnabas.txn;

import io.barnabas.wire.ErrorCode;

/**
 * As whom a producer goes on.
 *
 * @param needsFreshId the command is to be given again, with a producer id that nobody has; never told to clients
 */
public record ProducerAnswer(ErrorCode error, long producerId, short epoch, boolean needsFreshId) {

    static ProducerAnswer of(long producerId, short epoch) {
        return new ProducerAnswer(ErrorCode.NONE, producerId, epoch, false);
    }

    static ProducerAnswer refused(ErrorCode error) {
        return new ProducerAnswer(error, TransactionState.NO_ID, TransactionState.NO_EPOCH, false);
    }

    static ProducerAnswer freshIdNeeded() {
        return new ProducerAnswer(ErrorCode.NONE, TransactionState.NO_ID, TransactionState.NO_EPOCH, true);
    }
}
