package io.barnabas.broker.adoption;

import io.barnabas.log.PartitionLog;
import io.barnabas.log.producer.ProducerState;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;

/**
 * What an opened log tells about its topic. Immutable.
 *
 * @param topicId zero when the directory names none
 * @param leaderEpoch the newest that wrote to it, or -1
 * @param isCompacted whether it was compacted before
 * @param lastProducerId the highest that is remembered, or -1
 */
record FoundLog(TopicPartition name, Uuid topicId, int leaderEpoch, boolean isCompacted, long lastProducerId) {

    /** Waits for the disk. */
    static FoundLog of(PartitionLog log) throws IOException {
        return new FoundLog(
                log.topicPartition(),
                log.topicId(),
                log.leaderEpochs().latestEpoch(),
                log.isCompacted(),
                Math.max(rememberedProducerId(log), transactionalProducerId(log)));
    }

    private static long transactionalProducerId(PartitionLog log) throws IOException {
        boolean isOfTransactions = log.topicPartition().topic().equals(TransactionCoordinator.TOPIC);
        return isOfTransactions ? TransactionalIds.lastProducerId(log) : -1;
    }

    private static long rememberedProducerId(PartitionLog log) {
        log.lock().lock();
        try {
            return log.producers().stream()
                    .mapToLong(ProducerState::producerId)
                    .max()
                    .orElse(-1);
        } finally {
            log.lock().unlock();
        }
    }
}
