package io.barnabas.requests.data;

import io.barnabas.log.PartitionLog;
import io.barnabas.log.TimestampedOffset;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionView;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListOffsetsRequest;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.barnabas.wire.record.BatchHeader;
import java.io.IOException;

/**
 * Answers for one partition where a time or a named place lies, as ListOffsets since v1 asks it. Reads files unless
 * {@link #isFromMemory}; else any thread. Nothing of a log is kept on another tier, so that places there do not exist.
 */
final class OffsetQuery {
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final long MAX_TIMESTAMP = -3;
    private static final long EARLIEST_LOCAL = -4;
    private static final long LATEST_TIERED = -5;
    private static final long EARLIEST_PENDING_UPLOAD = -6;

    private static final int DEBUGGING_REPLICA = -2;
    private static final int CONSUMER = -1;
    private static final long NONE = -1;
    private static final short OFFSET_NOT_AVAILABLE_FROM = 5;

    private static final TimestampedOffset NOTHING = new TimestampedOffset(NONE, NONE, PartitionView.NO_EPOCH);

    private final PartitionLookup lookup;

    OffsetQuery(PartitionLookup lookup) {
        this.lookup = lookup;
    }

    static boolean isFromMemory(long timestamp) {
        return timestamp < 0 && timestamp != MAX_TIMESTAMP;
    }

    ListOffsetsPartitionResponse answer(
            short version,
            PartitionRef name,
            ListOffsetsPartition asked,
            ListOffsetsRequest request,
            ListOffsetsPartitionResponse answer) {
        if (asked.timestamp() < 0 && version < knownFrom(asked.timestamp())) {
            return refused(answer, ErrorCode.UNSUPPORTED_VERSION);
        }
        Partition partition = lookup.find(name);
        if (partition == null) {
            return refused(answer, lookup.whyAbsent(name));
        }
        PartitionView view = partition.view();
        ErrorCode refusal = request.replicaId() == DEBUGGING_REPLICA
                ? view.refusal(asked.currentLeaderEpoch())
                : view.leaderRefusal(asked.currentLeaderEpoch());
        if (refusal != ErrorCode.NONE) {
            return refused(answer, refusal);
        }
        try {
            return answer(version, partition.log(), view, asked.timestamp(), request, answer);
        } catch (IOException failure) {
            return refused(answer, ErrorCode.KAFKA_STORAGE_ERROR);
        }
    }

    private static ListOffsetsPartitionResponse answer(
            short version,
            PartitionLog log,
            PartitionView view,
            long timestamp,
            ListOffsetsRequest request,
            ListOffsetsPartitionResponse answer)
            throws IOException {
        long limit = request.replicaId() == CONSUMER
                ? Isolation.of(CONSUMER, request.isolationLevel()).readableEnd(log)
                : log.logEndOffset();
        // Until a new leader's high watermark has reached its epoch, consumers may know more than it may tell.
        boolean lagging = request.replicaId() == CONSUMER && view.epochStartOffset() > log.highWatermark();
        if (timestamp == LATEST) {
            return lagging
                    ? notAvailable(answer, version)
                    : found(answer, new TimestampedOffset(NONE, limit, view.leaderEpoch()));
        }
        if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
            long start = log.logStartOffset();
            return found(
                    answer,
                    new TimestampedOffset(NONE, start, log.leaderEpochs().epochOf(start)));
        }
        TimestampedOffset place = find(log, timestamp);
        if (place != null && place.offset() < limit) {
            return found(answer, place);
        }
        return lagging ? notAvailable(answer, version) : found(answer, NOTHING);
    }

    private static TimestampedOffset find(PartitionLog log, long timestamp) throws IOException {
        if (timestamp == LATEST_TIERED || timestamp == EARLIEST_PENDING_UPLOAD) {
            return NOTHING;
        }
        return timestamp == MAX_TIMESTAMP ? log.offsetOfMaxTimestamp() : log.offsetByTimestamp(timestamp);
    }

    /** The first version in which a negative time has a meaning. */
    private static int knownFrom(long timestamp) {
        if (timestamp == LATEST || timestamp == EARLIEST) {
            return 1;
        }
        if (timestamp == MAX_TIMESTAMP) {
            return 7;
        }
        if (timestamp == EARLIEST_LOCAL) {
            return 8;
        }
        if (timestamp == LATEST_TIERED) {
            return 9;
        }
        return timestamp == EARLIEST_PENDING_UPLOAD ? 11 : Integer.MAX_VALUE;
    }

    private static ListOffsetsPartitionResponse found(ListOffsetsPartitionResponse answer, TimestampedOffset place) {
        return answer.timestamp(place.timestamp()).offset(place.offset()).leaderEpoch(place.leaderEpoch());
    }

    private static ListOffsetsPartitionResponse notAvailable(ListOffsetsPartitionResponse answer, short version) {
        return refused(
                answer,
                version >= OFFSET_NOT_AVAILABLE_FROM ? ErrorCode.OFFSET_NOT_AVAILABLE : ErrorCode.LEADER_NOT_AVAILABLE);
    }

    private static ListOffsetsPartitionResponse refused(ListOffsetsPartitionResponse answer, ErrorCode error) {
        return answer.errorCode(error.code())
                .timestamp(BatchHeader.NO_TIMESTAMP)
                .offset(NONE);
    }
}
