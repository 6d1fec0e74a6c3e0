package io.barnabas.log.crash;

import io.barnabas.log.PartitionLog;
import io.barnabas.log.ReadOutcome;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A batch as a reader of the log gets it. */
record FoundBatch(byte[] bytes) {
    private static final int READ_BYTES = 1 << 20;

    ByteBuf buffer() {
        return Unpooled.wrappedBuffer(bytes);
    }

    long baseOffset() {
        return BatchHeader.baseOffset(buffer(), 0);
    }

    long lastOffset() {
        return BatchHeader.lastOffset(buffer(), 0);
    }

    /** All of the log, from its start to its end. */
    static List<FoundBatch> allOf(PartitionLog log) throws IOException {
        List<FoundBatch> all = new ArrayList<>();
        long offset = log.logStartOffset();
        while (offset < log.logEndOffset()) {
            List<FoundBatch> some = at(log, offset, READ_BYTES);
            if (some.isEmpty()) {
                break;
            }
            all.addAll(some);
            offset = some.get(some.size() - 1).lastOffset() + 1;
        }
        return all;
    }

    /** What a read at the offset answers, as far as batches are whole. */
    static List<FoundBatch> at(PartitionLog log, long offset, int maxBytes) throws IOException {
        ByteBuf bytes = bytes(log.readFromDisk(offset, maxBytes, true, Long.MAX_VALUE));
        List<FoundBatch> found = new ArrayList<>();
        int at = 0;
        while (bytes.writerIndex() - at >= BatchHeader.HEADER_BYTES
                && BatchHeader.sizeInBytes(bytes, at) <= bytes.writerIndex() - at) {
            int size = BatchHeader.sizeInBytes(bytes, at);
            Violation.check(size >= BatchHeader.HEADER_BYTES, "%s has no batch at offset %s", log, offset);
            found.add(new FoundBatch(WrittenBatch.copy(bytes, at, size)));
            at += size;
        }
        return found;
    }

    private static ByteBuf bytes(ReadOutcome outcome) throws IOException {
        if (!(outcome instanceof ReadOutcome.Slice found)) {
            throw new Violation("a read is answered with " + outcome);
        }
        RecordsRef records = found.records();
        try {
            ByteBuffer bytes = ByteBuffer.allocate(records.sizeInBytes());
            if (records instanceof RecordsRef.FileSlice slice) {
                while (bytes.hasRemaining() && slice.channel().read(bytes, slice.position() + bytes.position()) > 0) {
                    // Reads until it is full.
                }
            }
            return Unpooled.wrappedBuffer(bytes.flip());
        } finally {
            records.release();
        }
    }
}
