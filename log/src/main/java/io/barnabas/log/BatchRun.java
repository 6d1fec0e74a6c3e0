package io.barnabas.log;

import io.barnabas.log.AppendOutcome.Appended;
import io.barnabas.log.segment.MaxTimestamp;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Batches of a leader, already stamped, that go into the log with one write: copied together, which costs far less than
 * a write for each. If the first of them may be appended, all may. One owner, who closes it.
 */
final class BatchRun implements AutoCloseable {
    private final ByteBuf bytes;
    private final MaxTimestamp newest;
    private final long lastOffset;

    private BatchRun(ByteBuf bytes, MaxTimestamp newest, long lastOffset) {
        this.bytes = bytes;
        this.newest = newest;
        this.lastOffset = lastOffset;
    }

    /**
     * How many batches from {@code from} on can share a write, at least one: as many as fit the room, and of a producer
     * with an id only those that follow each other, so that what is known of the first is known of all.
     */
    static int length(List<ByteBuf> batches, int from, int roomBytes) {
        int room = roomBytes - batches.get(from).readableBytes();
        int next = from + 1;
        while (next < batches.size()
                && batches.get(next).readableBytes() <= room
                && follows(batches.get(next - 1), batches.get(next))) {
            room -= batches.get(next++).readableBytes();
        }
        return next - from;
    }

    private static boolean follows(ByteBuf former, ByteBuf batch) {
        int at = batch.readerIndex();
        int formerAt = former.readerIndex();
        long producer = BatchHeader.producerId(batch, at);
        if (producer == BatchHeader.NO_PRODUCER_ID) {
            return BatchHeader.producerId(former, formerAt) == producer;
        }
        return !BatchHeader.isTransactional(batch, at)
                && !BatchHeader.isTransactional(former, formerAt)
                && BatchHeader.producerId(former, formerAt) == producer
                && BatchHeader.producerEpoch(former, formerAt) == BatchHeader.producerEpoch(batch, at)
                && (long) BatchHeader.lastSequence(former, formerAt) + 1 == BatchHeader.baseSequence(batch, at);
    }

    /** Gives the batches the offsets from {@code baseOffset} on, and notes in {@code outcomes} where each of them lies. */
    static BatchRun stamp(List<ByteBuf> batches, long baseOffset, int leaderEpoch, List<AppendOutcome> outcomes) {
        int length = 0;
        for (ByteBuf batch : batches) {
            length += batch.readableBytes();
        }
        ByteBuf all = batches.get(0).alloc().directBuffer(length, length);
        MaxTimestamp newest = MaxTimestamp.NONE;
        long offset = baseOffset;
        for (int i = 0; i < batches.size(); i++) {
            ByteBuf batch = batches.get(i);
            int at = batch.readerIndex();
            BatchHeader.stamp(batch, at, offset, leaderEpoch);
            long lastOffset = BatchHeader.lastOffset(batch, at);
            long timestamp = BatchHeader.maxTimestamp(batch, at);
            if (timestamp > newest.timestamp()) {
                newest = new MaxTimestamp(timestamp, lastOffset);
            }
            boolean hasAppendTime = (BatchHeader.attributes(batch, at) & BatchHeader.LOG_APPEND_TIME) != 0;
            outcomes.add(new Appended(offset, lastOffset, hasAppendTime ? timestamp : BatchHeader.NO_TIMESTAMP, false));
            all.writeBytes(batch, at, batch.readableBytes());
            offset = lastOffset + 1;
        }
        return new BatchRun(all, newest, offset - 1);
    }

    ByteBuf bytes() {
        return bytes;
    }

    MaxTimestamp newest() {
        return newest;
    }

    long lastOffset() {
        return lastOffset;
    }

    @Override
    public void close() {
        bytes.release();
    }
}
