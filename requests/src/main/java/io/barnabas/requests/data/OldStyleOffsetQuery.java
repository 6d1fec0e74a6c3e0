package io.barnabas.requests.data;

import io.barnabas.log.PartitionLog;
import io.barnabas.log.SegmentStart;
import io.barnabas.replication.Partition;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.ListOffsetsRequest.ListOffsetsPartition;
import io.barnabas.wire.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ListOffsets v0, before records had timestamps: offsets at which segments begin, newest first, of segments whose files
 * were last written no later than the time asked for. Reads file attributes from the disk.
 */
final class OldStyleOffsetQuery {
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final int CONSUMER = -1;
    private static final int DEBUGGING_REPLICA = -2;

    private final PartitionLookup lookup;
    private final Clock clock;

    OldStyleOffsetQuery(PartitionLookup lookup, Clock clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    ListOffsetsPartitionResponse answer(
            PartitionRef name, ListOffsetsPartition asked, int replicaId, ListOffsetsPartitionResponse answer) {
        if (asked.timestamp() < EARLIEST) {
            return answer.errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
        }
        Partition partition = lookup.find(name);
        if (partition == null) {
            return answer.errorCode(lookup.whyAbsent(name).code());
        }
        ErrorCode refusal = replicaId == DEBUGGING_REPLICA
                ? partition.view().refusal(-1)
                : partition.view().leaderRefusal(-1);
        if (refusal != ErrorCode.NONE) {
            return answer.errorCode(refusal.code());
        }
        try {
            PartitionLog log = partition.log();
            long limit = replicaId == CONSUMER ? log.highWatermark() : Long.MAX_VALUE;
            List<SegmentStart> places = places(log);
            return answer.oldStyleOffsets(choose(places, asked.timestamp(), asked.maxNumOffsets(), limit));
        } catch (IOException failure) {
            return answer.errorCode(ErrorCode.KAFKA_STORAGE_ERROR.code());
        }
    }

    /** Where segments begin, and the log's end as of now unless the last segment is empty. */
    private List<SegmentStart> places(PartitionLog log) throws IOException {
        List<SegmentStart> places = new ArrayList<>();
        for (SegmentStart start : log.segmentStarts()) {
            places.add(new SegmentStart(Math.max(start.offset(), log.logStartOffset()), start.lastModifiedMs()));
        }
        long end = log.logEndOffset();
        if (end > places.get(places.size() - 1).offset()) {
            places.add(new SegmentStart(end, clock.nowMs()));
        }
        return places;
    }

    /**
     * @param places in ascending order
     * @param limit stands for all offsets beyond it
     */
    static long[] choose(List<SegmentStart> places, long timestamp, int maxOffsets, long limit) {
        int newest = newest(places, timestamp);
        int oldest = Math.max(0, newest - maxOffsets + 1);
        long[] descending = new long[newest - oldest + 1];
        int count = 0;
        for (int i = newest; i >= oldest; i--) {
            long offset = places.get(i).offset();
            if (offset <= limit) {
                descending[count++] = offset;
            } else if (count == 0) {
                descending[count++] = limit;
            }
        }
        return Arrays.copyOf(descending, count);
    }

    private static int newest(List<SegmentStart> places, long timestamp) {
        if (timestamp == EARLIEST) {
            return 0;
        }
        int newest = places.size() - 1;
        if (timestamp != LATEST) {
            while (newest >= 0 && places.get(newest).lastModifiedMs() > timestamp) {
                newest--;
            }
        }
        return newest;
    }
}
