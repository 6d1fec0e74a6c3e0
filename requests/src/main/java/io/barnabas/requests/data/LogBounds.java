package io.barnabas.requests.data;

import io.barnabas.log.PartitionLog;

/** The offsets that a log shows at one moment; each at most what the next one is. */
record LogBounds(long logStartOffset, long lastStableOffset, long highWatermark, long logEndOffset) {

    static LogBounds of(PartitionLog log) {
        // They only rise, so that reading the lowest first keeps them in order without a lock.
        long lastStableOffset = log.lastStableOffset();
        long highWatermark = log.highWatermark();
        long logEndOffset = log.logEndOffset();
        return new LogBounds(log.logStartOffset(), lastStableOffset, highWatermark, logEndOffset);
    }

    long readableEnd(Isolation isolation) {
        return switch (isolation) {
            case LOG_END -> logEndOffset;
            case HIGH_WATERMARK -> highWatermark;
            case LAST_STABLE_OFFSET -> lastStableOffset;
        };
    }
}
