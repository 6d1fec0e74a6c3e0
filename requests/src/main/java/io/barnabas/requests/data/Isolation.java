package io.barnabas.requests.data;

import io.barnabas.log.PartitionLog;

/** Up to where somebody may read. */
enum Isolation {
    /** A replica: all there is. */
    LOG_END {
        @Override
        long readableEnd(PartitionLog log) {
            return log.logEndOffset();
        }
    },
    /** A consumer: what is committed to the replicas. */
    HIGH_WATERMARK {
        @Override
        long readableEnd(PartitionLog log) {
            return log.highWatermark();
        }
    },
    /** A consumer that wants no records of open transactions. */
    LAST_STABLE_OFFSET {
        @Override
        long readableEnd(PartitionLog log) {
            return log.lastStableOffset();
        }
    };

    private static final byte READ_COMMITTED = 1;

    abstract long readableEnd(PartitionLog log);

    /** @param isolationLevel as consumers send it; what replicas send does not count */
    static Isolation of(int replicaId, byte isolationLevel) {
        if (replicaId >= 0) {
            return LOG_END;
        }
        return isolationLevel == READ_COMMITTED ? LAST_STABLE_OFFSET : HIGH_WATERMARK;
    }
}
