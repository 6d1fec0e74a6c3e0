package io.barnabas.requests.data;

import io.barnabas.log.ReadOutcome;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FetchRequest.FetchPartition;

/**
 * Collects the records for a look from the logs, in order, until the limits are used up. Who comes first gets one batch
 * even if that alone is larger. Any thread; nothing shared is touched.
 */
final class RecordCollector {

    /** False when some of it would have to come from the disk; nothing is collected then. */
    boolean collect(FetchLook look, FetchLimits limits) {
        long left = limits.maxBytes();
        boolean first = true;
        for (int i = 0; i < look.reads().size(); i++) {
            PartitionRead read = look.reads().get(i);
            if (!read.hasRecords() || left <= 0 && !first) {
                continue;
            }
            ReadOutcome outcome = read.log().read(read.offset(), allowed(read, left), first, read.readableEnd());
            if (outcome == ReadOutcome.Cold.INSTANCE) {
                look.release();
                return false;
            }
            take(read, outcome);
            left -= read.bytes();
            first &= read.bytes() == 0;
        }
        return true;
    }

    /** Waits for the disk where it has to. */
    void collectFromDisk(FetchLook look, FetchLimits limits) {
        long left = limits.maxBytes();
        boolean first = true;
        for (PartitionRead read : look.reads()) {
            if (read.hasRecords() && (left > 0 || first)) {
                take(read, read.log().readFromDisk(read.offset(), allowed(read, left), first, read.readableEnd()));
                left -= read.bytes();
                first &= read.bytes() == 0;
            }
        }
    }

    private static int allowed(PartitionRead read, long left) {
        FetchPartition wanted = read.target().wanted();
        return (int) Math.max(0, Math.min(left, wanted.partitionMaxBytes()));
    }

    private static void take(PartitionRead read, ReadOutcome outcome) {
        if (outcome instanceof ReadOutcome.Slice slice) {
            read.found(slice.records());
        } else if (outcome instanceof ReadOutcome.Unreadable unreadable) {
            read.failed(unreadable.error());
        } else {
            read.failed(ErrorCode.OFFSET_OUT_OF_RANGE);
        }
    }
}
