package io.barnabas.log;

import io.barnabas.log.producer.ProducerState;
import io.barnabas.wire.record.EndTxnMarker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.List;

/**
 * Ends transactions that nobody else will end: those that were open where a log was forked, since their coordinator has
 * not heard of the fork. Takes the partition's lock for each marker.
 */
final class OpenTransactions {
    private OpenTransactions() {}

    static void abort(PartitionLog log, int leaderEpoch, long nowMs) throws IOException {
        for (ProducerState producer : open(log)) {
            EndTxnMarker abort = new EndTxnMarker(false, Math.max(0, producer.coordinatorEpoch()));
            ByteBuf marker =
                    abort.build(producer.producerId(), producer.epoch(), nowMs, UnpooledByteBufAllocator.DEFAULT);
            try {
                AppendOutcome outcome = log.appendAsLeader(marker, leaderEpoch, AppendOrigin.COORDINATOR, nowMs);
                String refused = outcome.fold(appended -> null, rejected -> rejected.detail());
                if (refused != null) {
                    throw new IOException("an open transaction of " + log + " cannot be aborted: " + refused);
                }
            } finally {
                marker.release();
            }
        }
    }

    private static List<ProducerState> open(PartitionLog log) {
        log.lock().lock();
        try {
            return log.producers().stream()
                    .filter(producer -> producer.currentTxnFirstOffset() >= 0)
                    .toList();
        } finally {
            log.lock().unlock();
        }
    }
}
