package io.barnabas.wire.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Walks over the records of whole batches. Stateless. */
public final class Records {
    /** For bytes of our own log, which were checked when they came in. */
    public static final int NO_BOUND = Integer.MAX_VALUE;

    private Records() {}

    /**
     * Visits every record, control records too, of the batches of any format between the reader and the writer index; a
     * cut-off tail is left out. Checksums are not looked at: {@link BatchChecksum} does that.
     */
    public static void forEach(ByteBuf batches, RecordVisitor visitor) {
        try (RecordIterator records = new RecordIterator(batches, NO_BOUND, ByteBufAllocator.DEFAULT)) {
            for (RecordView record = records.next(); record != null; record = records.next()) {
                visitor.visit(record);
            }
        }
    }
}
