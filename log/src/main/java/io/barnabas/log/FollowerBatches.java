package io.barnabas.log;

import io.barnabas.log.segment.Batches;
import io.barnabas.log.segment.MaxTimestamp;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;

/** What a leader sent, checked: whole batches with right checksums and rising offsets. Confined to one thread. */
final class FollowerBatches {
    private final ByteBuf bytes;
    private String damage;
    private long baseOffset = -1;
    private long lastOffset = -1;
    private MaxTimestamp newest = MaxTimestamp.NONE;

    private FollowerBatches(ByteBuf bytes) {
        this.bytes = bytes;
    }

    /** Looks at the batches between the buffer's indexes; one that is cut short at the end does not count. */
    static FollowerBatches check(ByteBuf received) {
        int end = endOfWholeOnes(received);
        FollowerBatches batches =
                new FollowerBatches(received.slice(received.readerIndex(), end - received.readerIndex()));
        batches.checkEach();
        return batches;
    }

    private static int endOfWholeOnes(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (bytes.writerIndex() - at >= Batches.SMALLEST_PREFIX) {
            int size = BatchHeader.sizeInBytes(bytes, at);
            if (size < Batches.SMALLEST_PREFIX) {
                // A size that cannot be is damage, which the checks find; it must not look like an end.
                return bytes.writerIndex();
            }
            if (size > bytes.writerIndex() - at) {
                return at;
            }
            at += size;
        }
        return at;
    }

    private void checkEach() {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && damage == null) {
            if (!Batches.isWhole(bytes, at)) {
                damage = "damaged batch after offset " + lastOffset;
                return;
            }
            check(at);
            at += BatchHeader.sizeInBytes(bytes, at);
        }
    }

    private void check(int at) {
        long last = Batches.lastOffset(bytes, at);
        long first = Batches.isFormat2(bytes, at) ? BatchHeader.baseOffset(bytes, at) : last;
        if (first <= lastOffset || last < first) {
            damage = "offsets do not rise: " + first + " after " + lastOffset;
            return;
        }
        if (baseOffset < 0) {
            baseOffset = first;
        }
        lastOffset = last;
        if (Batches.maxTimestamp(bytes, at) > newest.timestamp()) {
            newest = new MaxTimestamp(Batches.maxTimestamp(bytes, at), last);
        }
    }

    boolean isDamaged() {
        return damage != null;
    }

    String damage() {
        return damage;
    }

    boolean isEmpty() {
        return baseOffset < 0;
    }

    ByteBuf bytes() {
        return bytes;
    }

    /** Of the first batch; formats 0 and 1 do not tell where a compressed one begins, but where it ends. */
    long baseOffset() {
        return baseOffset;
    }

    /**
     * A new segment for these batches begins here, if the log's end is not later: at the log's end wherever an index can
     * count from there, so that segments follow each other without a gap, unless something is lost.
     */
    long rollOffset() {
        return lastOffset - Integer.MAX_VALUE;
    }

    long lastOffset() {
        return lastOffset;
    }

    MaxTimestamp newest() {
        return newest;
    }
}
