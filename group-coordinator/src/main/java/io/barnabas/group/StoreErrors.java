package io.barnabas.group;

import io.barnabas.wire.ErrorCode;

/** What a client is told when the log did not take a record: codes it knows how to act on. */
final class StoreErrors {
    private StoreErrors() {}

    /** Of a group's record. */
    static ErrorCode ofGroup(ErrorCode error) {
        return switch (error) {
            case REQUEST_TIMED_OUT -> ErrorCode.REBALANCE_IN_PROGRESS;
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE, INVALID_FETCH_SIZE -> ErrorCode.UNKNOWN_SERVER_ERROR;
            default -> common(error);
        };
    }

    /** Of committed offsets. */
    static ErrorCode ofOffsets(ErrorCode error) {
        return switch (error) {
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE, INVALID_FETCH_SIZE -> ErrorCode.INVALID_COMMIT_OFFSET_SIZE;
            default -> common(error);
        };
    }

    private static ErrorCode common(ErrorCode error) {
        return switch (error) {
            case UNKNOWN_TOPIC_OR_PARTITION, NOT_ENOUGH_REPLICAS, NOT_ENOUGH_REPLICAS_AFTER_APPEND ->
                ErrorCode.COORDINATOR_NOT_AVAILABLE;
            case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> ErrorCode.NOT_COORDINATOR;
            default -> error;
        };
    }
}
