package io.barnabas.simulation;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.PartitionLog;
import io.barnabas.log.ReadOutcome;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.ControlRecord;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A reader of committed records that looks at a partition after every event: what is stable it reads once, and leaves
 * out what was aborted, as consumers do. The last stable offset must not fall.
 */
final class PartitionWatch {
    private static final int MOST_BYTES = 1 << 20;

    private final Consumer<String> visible;
    private long stableOffset;

    /** @param visible gets the values of committed records, in their order */
    PartitionWatch(Consumer<String> visible) {
        this.visible = visible;
    }

    long stableOffset() {
        return stableOffset;
    }

    /** @param log of the leader */
    void look(PartitionLog log) {
        long stable = log.lastStableOffset();
        if (stable < stableOffset) {
            throw new Violation(log + ": the last stable offset fell from " + stableOffset + " to " + stable);
        }
        if (stable > stableOffset) {
            try {
                read(log, stableOffset, stable);
            } catch (IOException unreadable) {
                throw new Violation("reading " + log, unreadable);
            }
            stableOffset = stable;
        }
    }

    private void read(PartitionLog log, long from, long upTo) throws IOException {
        Queue<AbortedTransaction> aborted = new ArrayDeque<>();
        log.abortedTransactionsFromDisk(from, upTo).stream()
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
                .forEach(aborted::add);
        Set<Long> abortedProducers = new HashSet<>();
        long at = from;
        while (at < upTo) {
            ByteBuf batches = slice(log, at, upTo);
            long next = read(batches, at, upTo, aborted, abortedProducers);
            if (next <= at) {
                throw new Violation(log + " has nothing at " + at + " of " + upTo);
            }
            at = next;
        }
    }

    private long read(
            ByteBuf batches, long from, long upTo, Queue<AbortedTransaction> aborted, Set<Long> abortedProducers) {
        long next = from;
        try (RecordIterator records = new RecordIterator(batches, Records.NO_BOUND, UnpooledByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                if (record.offset() < from || record.offset() >= upTo) {
                    continue;
                }
                long base = BatchHeader.baseOffset(batches, records.batchAt());
                while (!aborted.isEmpty() && aborted.peek().firstOffset() <= base) {
                    abortedProducers.add(aborted.poll().producerId());
                }
                next = record.offset() + 1;
                take(record, abortedProducers);
            }
        }
        return next;
    }

    private void take(RecordView record, Set<Long> abortedProducers) {
        if (record.isControl()) {
            if (ControlRecord.typeOf(record) == ControlRecord.Type.ABORT) {
                abortedProducers.remove(record.producerId());
            }
        } else if (!record.isTransactional() || !abortedProducers.contains(record.producerId())) {
            visible.accept(StandardCharsets.UTF_8.decode(record.value()).toString());
        }
    }

    private static ByteBuf slice(PartitionLog log, long from, long upTo) throws IOException {
        ReadOutcome outcome = log.readFromDisk(from, MOST_BYTES, true, upTo);
        if (!(outcome instanceof ReadOutcome.Slice slice)) {
            throw new IOException(outcome.toString());
        }
        RecordsRef.FileSlice file = (RecordsRef.FileSlice) slice.records();
        ByteBuf bytes = Unpooled.buffer(file.sizeInBytes());
        bytes.writeBytes(file.channel(), file.position(), file.sizeInBytes());
        file.release();
        return bytes;
    }
}
