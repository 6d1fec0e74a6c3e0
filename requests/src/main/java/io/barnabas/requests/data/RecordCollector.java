package io.barnabas.requests.data;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.ReadOutcome;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.RecordsRef.FileSlice;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the records for a look from the logs, in order, until the limits are used up. Who comes first gets one batch
 * even if that alone is larger, if the limits are not hard; the others get whole batches or nothing, for nobody can do
 * anything with a part of one. Any thread; nothing shared is touched.
 */
final class RecordCollector {
    private static final Logger LOG = LoggerFactory.getLogger(RecordCollector.class);

    /** False when some of it would have to come from the disk; nothing is collected then. */
    boolean collect(FetchLook look, FetchLimits limits) {
        long left = limits.maxBytes();
        boolean first = true;
        for (int i = 0; i < look.reads().size(); i++) {
            PartitionRead read = look.reads().get(i);
            if (!read.hasRecords() || left <= 0 && !first) {
                continue;
            }
            int allowed = allowed(read, left);
            ReadOutcome outcome = read.log().read(read.offset(), allowed, true, read.readableEnd());
            if (outcome == ReadOutcome.Cold.INSTANCE) {
                look.release();
                return false;
            }
            take(read, outcome, allowed, first, limits);
            if (!nameAborted(read)) {
                look.release();
                return false;
            }
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
                collectFromDisk(read, read.offset(), left, first, limits);
                left -= read.bytes();
                first &= read.bytes() == 0;
            }
        }
    }

    /** For a reader that can make nothing of what came before the offset. */
    void collectFromDisk(PartitionRead read, long offset, FetchLimits limits) {
        collectFromDisk(read, offset, limits.maxBytes(), true, limits);
    }

    private static void collectFromDisk(PartitionRead read, long offset, long left, boolean first, FetchLimits limits) {
        int allowed = allowed(read, left);
        take(read, read.log().readFromDisk(offset, allowed, true, read.readableEnd()), allowed, first, limits);
        nameAbortedFromDisk(read, offset);
    }

    /** What a reader of committed records must leave out. False when it would have to come from the disk. */
    private static boolean nameAborted(PartitionRead read) {
        if (!read.wantsCommittedOnly() || read.bytes() == 0) {
            return true;
        }
        List<AbortedTransaction> aborted = read.log().abortedTransactions(read.offset(), read.upperOffset());
        if (aborted != null) {
            read.aborted(aborted);
        }
        return aborted != null;
    }

    private static void nameAbortedFromDisk(PartitionRead read, long offset) {
        if (!read.wantsCommittedOnly() || read.bytes() == 0) {
            return;
        }
        try {
            read.aborted(read.log().abortedTransactionsFromDisk(offset, read.upperOffset()));
        } catch (IOException failure) {
            LOG.error("What was aborted in {} cannot be read", read.log(), failure);
            read.failed(ErrorCode.KAFKA_STORAGE_ERROR);
        }
    }

    private static int allowed(PartitionRead read, long left) {
        FetchPartition wanted = read.target().wanted();
        return (int) Math.max(0, Math.min(left, wanted.partitionMaxBytes()));
    }

    private static void take(PartitionRead read, ReadOutcome outcome, int allowed, boolean first, FetchLimits limits) {
        if (outcome instanceof ReadOutcome.Slice slice) {
            read.found(limit(slice.records(), allowed, first, limits), slice.upperOffset());
        } else if (outcome instanceof ReadOutcome.Unreadable unreadable) {
            read.failed(unreadable.error());
        } else {
            read.failed(ErrorCode.OFFSET_OUT_OF_RANGE);
        }
    }

    /** Only a single batch is ever larger than allowed. */
    private static RecordsRef limit(RecordsRef records, int allowed, boolean first, FetchLimits limits) {
        if (records.sizeInBytes() <= allowed || first && !limits.hard()) {
            return records;
        }
        if (limits.hard() && allowed > 0 && records instanceof FileSlice whole) {
            return new FileSlice(whole.channel(), whole.position(), allowed, whole.onRelease());
        }
        records.release();
        return RecordsRef.empty();
    }
}
