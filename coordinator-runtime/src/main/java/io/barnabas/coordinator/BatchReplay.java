package io.barnabas.coordinator;

import io.barnabas.runtime.Invariants;
import io.barnabas.wire.record.BatchHeader;
import io.barnabas.wire.record.ControlRecord;
import io.barnabas.wire.record.EndTxnMarker;
import io.barnabas.wire.record.RecordIterator;
import io.barnabas.wire.record.RecordView;
import io.barnabas.wire.record.Records;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Applies batches read from the log to a state machine, and keeps count. Confined to the loader. */
final class BatchReplay<R> {
    private final StateMachine<R> machine;
    private final RecordCodec<R> codec;
    private final Map<Short, Long> unknownKinds = new TreeMap<>();
    private long endOffset;
    private long records;

    BatchReplay(StateMachine<R> machine, RecordCodec<R> codec) {
        this.machine = machine;
        this.codec = codec;
    }

    void replay(ByteBuf batches) {
        long before = endOffset;
        try (RecordIterator iterator = new RecordIterator(batches, Records.NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = iterator.next(); record != null; record = iterator.next()) {
                replay(record, baseOffset(batches, iterator.batchAt(), record));
            }
        }
        moveBehind(batches);
        Invariants.check(endOffset > before, "nothing whole to read at offset %s", before);
    }

    /** The offset behind the last batch. */
    long endOffset() {
        return endOffset;
    }

    long records() {
        return records;
    }

    /** How many records of a kind were left out because nobody here knows it. */
    Map<Short, Long> unknownKinds() {
        return unknownKinds;
    }

    private void replay(RecordView record, long baseOffset) {
        records++;
        if (record.isControl()) {
            replayMarker(record);
            return;
        }
        ByteBuffer key = record.key();
        if (key == null || key.remaining() < Short.BYTES) {
            throw new IllegalArgumentException("the record at offset " + record.offset() + " has no proper key");
        }
        short kind = key.getShort(key.position());
        R decoded = codec.decode(key, record.value());
        if (decoded == null) {
            unknownKinds.merge(kind, 1L, Long::sum);
            return;
        }
        machine.apply(decoded, new AppliedBatch(baseOffset, record.producerId(), record.isTransactional()));
    }

    private void replayMarker(RecordView record) {
        if (ControlRecord.typeOf(record) != ControlRecord.Type.OTHER) {
            machine.applyMarker(record.producerId(), EndTxnMarker.read(record).committed());
        }
    }

    /** Compaction may leave batches without records, so the end is not that of the last record. */
    private void moveBehind(ByteBuf batches) {
        int at = batches.readerIndex();
        for (int size = BatchHeader.wholeBatchSize(batches, at, batches.writerIndex());
                size >= 0;
                size = BatchHeader.wholeBatchSize(batches, at, batches.writerIndex())) {
            boolean isNew = BatchHeader.magic(batches, at) == BatchHeader.MAGIC_V2;
            // A set of the older formats carries its last offset where a batch carries its first one.
            endOffset = 1 + (isNew ? BatchHeader.lastOffset(batches, at) : BatchHeader.baseOffset(batches, at));
            at += size;
        }
    }

    private static long baseOffset(ByteBuf batches, int batchAt, RecordView record) {
        return BatchHeader.magic(batches, batchAt) == BatchHeader.MAGIC_V2
                ? BatchHeader.baseOffset(batches, batchAt)
                : record.offset();
    }
}
