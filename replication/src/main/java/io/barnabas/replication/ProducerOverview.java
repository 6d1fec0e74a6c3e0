package io.barnabas.replication;

import io.barnabas.log.producer.ProducerState;

/**
 * A producer as a partition remembers it, at one moment.
 *
 * @param coordinatorEpoch of the last marker, or -1
 * @param currentTxnFirstOffset of the transaction under way, or -1
 */
public record ProducerOverview(
        long producerId,
        short epoch,
        int lastSequence,
        long lastTimestamp,
        int coordinatorEpoch,
        long currentTxnFirstOffset) {

    static ProducerOverview of(ProducerState state) {
        return new ProducerOverview(
                state.producerId(),
                state.epoch(),
                state.lastSequence(),
                state.lastTimestamp(),
                state.coordinatorEpoch(),
                state.currentTxnFirstOffset());
    }
}
