package io.barnabas.broker.adoption;

import io.barnabas.log.PartitionLog;
import io.barnabas.log.ProducerState;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;

/**
 * What an opened log tells about its topic. Immutable.
 *
 * @param topicId zero when the directory names none
 * @param leaderEpoch the newest that wrote to it, or -1
 * @param isCompacted whether it was compacted before
 * @param lastProducerId the highest that is remembered, or -1
 */
record FoundLog(TopicPartition name, Uuid topicId, int leaderEpoch, boolean isCompacted, long lastProducerId) {

    static FoundLog of(PartitionLog log) {
        return new FoundLog(
                log.topicPartition(),
                log.topicId(),
                log.leaderEpochs().latestEpoch(),
                log.isCompacted(),
                lastProducerId(log));
    }

    private static long lastProducerId(PartitionLog log) {
        log.lock().lock();
        try {
            return log.producerStates().all().stream()
                    .mapToLong(ProducerState::producerId)
                    .max()
                    .orElse(-1);
        } finally {
            log.lock().unlock();
        }
    }
}
