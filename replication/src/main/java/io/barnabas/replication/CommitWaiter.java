package io.barnabas.replication;

import io.barnabas.wire.ErrorCode;

/** Waits until the records it cares for are committed. */
@FunctionalInterface
public interface CommitWaiter {

    /**
     * Called once, by any thread, under no lock: {@code NONE} when the high watermark has passed,
     * {@code NOT_ENOUGH_REPLICAS_AFTER_APPEND} when it has with too few replicas in sync, {@code NOT_LEADER_OR_FOLLOWER}
     * when the leadership ended before, {@code KAFKA_STORAGE_ERROR} when the log is gone.
     */
    void committed(ErrorCode outcome);
}
