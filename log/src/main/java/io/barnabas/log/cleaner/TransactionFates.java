package io.barnabas.log.cleaner;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.ControlRecord;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes along a log and knows of each batch whether its transaction was aborted, and of each marker whether any batch of
 * its transaction was still there to be seen. Holds only transactions that are under way at the place it has come to,
 * and aborted ones. Confined to one thread.
 */
final class TransactionFates {
    /** In the order of their first offsets. */
    private final ArrayDeque<AbortedTransaction> coming;

    private final Map<Long, Aborted> aborted = new HashMap<>();
    private final Set<Long> committed = new HashSet<>();

    /** Markers seen, of aborted transactions with batches before them. */
    private List<AbortedTransaction> ended = new ArrayList<>();

    private static final class Aborted {
        private final AbortedTransaction transaction;
        private boolean hasBatches;

        private Aborted(AbortedTransaction transaction) {
            this.transaction = transaction;
        }
    }

    /** @param aborted in any order; those from where the way begins on */
    TransactionFates(List<AbortedTransaction> aborted) {
        List<AbortedTransaction> ordered = new ArrayList<>(aborted);
        ordered.sort(Comparator.comparingLong(AbortedTransaction::firstOffset));
        this.coming = new ArrayDeque<>(ordered);
    }

    /** The next batch, one with data, of format 2: true when its transaction was aborted. */
    boolean isAborted(ByteBuf bytes, int at) {
        comeTo(BatchHeader.lastOffset(bytes, at));
        if (!BatchHeader.isTransactional(bytes, at)) {
            return false;
        }
        Aborted transaction = aborted.get(BatchHeader.producerId(bytes, at));
        if (transaction == null) {
            committed.add(BatchHeader.producerId(bytes, at));
            return false;
        }
        transaction.hasBatches = true;
        return true;
    }

    /** The next batch, a control batch: true when nothing of the transaction that it ends is there any more. */
    boolean endsNothing(ByteBuf bytes, int at) {
        comeTo(BatchHeader.lastOffset(bytes, at));
        if (BatchHeader.recordCount(bytes, at) == 0) {
            return true;
        }
        long producerId = BatchHeader.producerId(bytes, at);
        return switch (typeOf(bytes, at)) {
            case ABORT -> !endAborted(producerId);
            case COMMIT -> !committed.remove(producerId);
            case OTHER -> false;
        };
    }

    private boolean endAborted(long producerId) {
        Aborted transaction = aborted.remove(producerId);
        if (transaction == null || !transaction.hasBatches) {
            return false;
        }
        ended.add(transaction.transaction);
        return true;
    }

    /** The aborted transactions that readers must still be told of, whose markers were seen since this was last asked. */
    List<AbortedTransaction> takeEnded() {
        List<AbortedTransaction> taken = ended;
        ended = new ArrayList<>();
        return taken;
    }

    private void comeTo(long offset) {
        while (!coming.isEmpty() && coming.peekFirst().firstOffset() <= offset) {
            AbortedTransaction next = coming.removeFirst();
            aborted.putIfAbsent(next.producerId(), new Aborted(next));
        }
    }

    private static ControlRecord.Type typeOf(ByteBuf bytes, int at) {
        ByteBuf batch = bytes.slice(at, BatchHeader.sizeInBytes(bytes, at));
        try (RecordIterator records = new RecordIterator(batch, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            RecordView record = records.next();
            return record == null ? ControlRecord.Type.OTHER : ControlRecord.typeOf(record);
        }
    }
}
