package io.barnabas.log.cleaner;

import io.barnabas.log.producer.ProducerStates;
import io.barnabas.log.segment.Batches;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.BatchRewriter;
import io.barnabas.wire.record.BatchSelection;
import io.barnabas.wire.record.RecordView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What stays of each batch of a log that is compacted; asked for one after the other, in order. A batch that loses
 * nothing stays as it is, byte for byte. One that loses all its records goes, unless a producer's last sequence or the
 * end of the compacted part is known from it alone: then its header stays. Confined to one thread.
 */
final class BatchCompaction {
    private static final long NO_HORIZON = -1;

    /**
     * What does not change on the way.
     *
     * @param mapEnd behind the last offset that the map knows of
     * @param endOffset behind the last batch that may be touched
     * @param lastBatches by producer id
     */
    record Rules(
            OffsetMap map,
            long mapEnd,
            long endOffset,
            Map<Long, ProducerStates.LastBatch> lastBatches,
            long deleteRetentionMs,
            long nowMs) {}

    private final Rules rules;
    private final TransactionFates fates;
    private final CompactionCounts counts;
    private final ByteBufAllocator allocator;
    private final BatchRewriter rewriter;

    BatchCompaction(Rules rules, TransactionFates fates, CompactionCounts counts, ByteBufAllocator allocator) {
        this.rules = rules;
        this.fates = fates;
        this.counts = counts;
        this.allocator = allocator;
        this.rewriter = new BatchRewriter(allocator);
    }

    /**
     * Appends what stays of the whole batch at the index.
     *
     * @param keepsOldTombstones in formats that know no delete horizon the age of the segment decides
     */
    void compact(ByteBuf bytes, int at, int size, boolean keepsOldTombstones, ByteBuf target) {
        if (!Batches.isFormat2(bytes, at)) {
            BatchSelection selection = select(bytes, at, size, record -> stays(record, keepsOldTombstones));
            write(bytes, at, size, selection, NO_HORIZON, false, target);
        } else if (BatchHeader.isControl(bytes, at)) {
            compactMarker(bytes, at, size, target);
        } else {
            compactData(bytes, at, size, target);
        }
    }

    private void compactMarker(ByteBuf bytes, int at, int size, ByteBuf target) {
        boolean endsNothing = fates.endsNothing(bytes, at);
        boolean goes = endsNothing && hasHorizon(bytes, at) && BatchHeader.baseTimestamp(bytes, at) <= rules.nowMs;
        boolean isNeeded = isNeededEmpty(bytes, at);
        if (goes && !isNeeded) {
            counts.read(BatchHeader.recordCount(bytes, at), size);
            return;
        }
        BatchSelection selection = select(bytes, at, size, record -> !goes);
        write(bytes, at, size, selection, horizon(bytes, at, endsNothing), isNeeded, target);
    }

    private void compactData(ByteBuf bytes, int at, int size, ByteBuf target) {
        boolean aborted = fates.isAborted(bytes, at);
        boolean isNeeded = isNeededEmpty(bytes, at);
        if (aborted && !isNeeded) {
            counts.read(BatchHeader.recordCount(bytes, at), size);
            return;
        }
        boolean keepsTombstones = !hasHorizon(bytes, at) || rules.nowMs < BatchHeader.baseTimestamp(bytes, at);
        BatchSelection selection = select(bytes, at, size, record -> !aborted && stays(record, keepsTombstones));
        write(bytes, at, size, selection, horizon(bytes, at, selection.keepsTombstone()), isNeeded, target);
    }

    private BatchSelection select(ByteBuf bytes, int at, int size, Predicate<RecordView> keep) {
        BatchSelection selection = BatchSelection.of(bytes, at, size, keep, allocator);
        counts.read(selection.records(), size);
        return selection;
    }

    private boolean stays(RecordView record, boolean keepsTombstones) {
        if (record.offset() >= rules.mapEnd) {
            return true;
        }
        if (!record.hasKey()) {
            counts.invalid();
            return false;
        }
        return record.offset() >= rules.map.lastOffset(record.key()) && (record.hasValue() || keepsTombstones);
    }

    private static boolean hasHorizon(ByteBuf bytes, int at) {
        return (BatchHeader.attributes(bytes, at) & BatchHeader.DELETE_HORIZON) != 0;
    }

    /** The one that the batch has, or a new one where it needs one. */
    private long horizon(ByteBuf bytes, int at, boolean isNeeded) {
        if (hasHorizon(bytes, at)) {
            return BatchHeader.baseTimestamp(bytes, at);
        }
        return isNeeded ? rules.nowMs + rules.deleteRetentionMs : NO_HORIZON;
    }

    private boolean isNeededEmpty(ByteBuf bytes, int at) {
        return BatchHeader.lastOffset(bytes, at) + 1 == rules.endOffset || isLastOfProducer(bytes, at);
    }

    private boolean isLastOfProducer(ByteBuf bytes, int at) {
        long producerId = BatchHeader.producerId(bytes, at);
        ProducerStates.LastBatch last = producerId < 0 ? null : rules.lastBatches.get(producerId);
        if (last == null) {
            return false;
        }
        return last.lastDataOffset() >= 0
                ? BatchHeader.lastOffset(bytes, at) == last.lastDataOffset()
                : BatchHeader.isControl(bytes, at) && BatchHeader.producerEpoch(bytes, at) == last.epoch();
    }

    private void write(
            ByteBuf bytes,
            int at,
            int size,
            BatchSelection selection,
            long horizonMs,
            boolean isNeededEmpty,
            ByteBuf target) {
        int before = target.writerIndex();
        if (!selection.keepsNone()) {
            boolean isNew = horizonMs >= 0 && !hasHorizon(bytes, at);
            if (selection.keepsAll() && !isNew) {
                target.writeBytes(bytes, at, size);
            } else {
                rewriter.rewrite(bytes, at, size, selection, horizonMs, target);
            }
        } else if (isNeededEmpty) {
            BatchRewriter.writeEmpty(bytes, at, target);
        }
        counts.wrote(selection.keptRecords(), target.writerIndex() - before);
    }
}
