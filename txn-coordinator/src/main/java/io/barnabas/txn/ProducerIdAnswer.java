package io.barnabas.txn;

import io.barnabas.wire.ErrorCode;

/**
 * A producer id, or why there is none at the moment.
 *
 * @param producerId -1 when refused
 */
public record ProducerIdAnswer(ErrorCode error, long producerId) {
    private static final long NONE = -1;

    static ProducerIdAnswer of(long producerId) {
        return new ProducerIdAnswer(ErrorCode.NONE, producerId);
    }

    /** Clients of every age ask again. */
    static ProducerIdAnswer later() {
        return new ProducerIdAnswer(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, NONE);
    }
}
