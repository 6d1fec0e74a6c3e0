package io.barnabas.log;

import io.barnabas.log.segment.Batches;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;

/**
 * Brings a log up to another one of the same partition, batch by batch as they lie there. The other one goes on
 * meanwhile: it grows, lets go of its beginning, is compacted, may lose its end. One thread at a time; the lock that both
 * share is held only while a piece is written.
 */
final class LogCopy {
    /** Answer of {@link #copy} when the other log changed under it; to be called again. */
    private static final int CHANGED = -1;

    private static final int NEVER = -1;

    private final PartitionLog from;
    private final PartitionLog to;
    private final long compacted;
    private int truncations = NEVER;

    LogCopy(PartitionLog from, PartitionLog to) {
        this.from = from;
        this.to = to;
        // What is copied from now on is compacted at least so far; of what is there already nobody knows.
        this.compacted = isEmpty(to) ? from.compaction().compactedUpTo() : -1;
    }

    PartitionLog from() {
        return from;
    }

    PartitionLog to() {
        return to;
    }

    /** Copies a piece of about so many bytes and gives its size; 0 when there is nothing more at this moment. */
    int copy(int maxBytes, long nowMs) throws IOException {
        int copied = CHANGED;
        while (copied == CHANGED) {
            agree(nowMs);
            copied = copyOnce(maxBytes, nowMs);
        }
        return copied;
    }

    /**
     * The lock is held: copies what is left, if that is no more than so many bytes. True when both logs hold the same
     * records then.
     */
    boolean finish(int maxBytes, long nowMs) throws IOException {
        int left = maxBytes;
        while (left > 0) {
            boolean agrees = from.truncations() == truncations && from.logStartOffset() <= to.logEndOffset();
            int copied = agrees ? copyOnce(left, nowMs) : CHANGED;
            if (copied == CHANGED) {
                return false;
            } else if (copied == 0) {
                to.moveLogStartOffset(from.logStartOffset());
                return true;
            }
            left -= copied;
        }
        return false;
    }

    void complete() {
        to.takeOver(from, compacted);
    }

    /** Drops what the other log does not have, or not any more. */
    private void agree(long nowMs) throws IOException {
        long agreed = to.logEndOffset();
        from.lock().lock();
        try {
            if (from.truncations() != truncations) {
                agreed = Math.min(agreedEnd(), from.logEndOffset());
                truncations = from.truncations();
            }
        } finally {
            from.lock().unlock();
        }
        if (agreed < to.logEndOffset() && agreed > to.logStartOffset()) {
            to.truncateTo(agreed, nowMs);
        } else if (agreed < to.logEndOffset() || to.logEndOffset() < from.logStartOffset()) {
            to.truncateFullyAndStartAt(from.logStartOffset(), nowMs);
        }
        to.moveLogStartOffset(from.logStartOffset());
    }

    /** Batches of one epoch at one offset are the same, so both logs agree up to where their last common epoch ends. */
    private long agreedEnd() {
        LeaderEpochs theirs = from.leaderEpochs();
        LeaderEpochs ours = to.leaderEpochs();
        for (int i = ours.entries().size() - 1; i >= 0; i--) {
            int epoch = ours.entries().get(i).epoch();
            LeaderEpochs.EndOffset end = theirs.endOffsetOf(epoch, from.logEndOffset());
            if (end.epoch() == epoch) {
                return Math.min(
                        end.endOffset(),
                        ours.endOffsetOf(epoch, to.logEndOffset()).endOffset());
            }
        }
        return to.logStartOffset();
    }

    private int copyOnce(int maxBytes, long nowMs) throws IOException {
        ByteBuf batches = read(maxBytes);
        if (batches == null) {
            return CHANGED;
        }
        try {
            if (!batches.isReadable()) {
                return 0;
            }
            makeRoomFor(batches, nowMs);
            return append(batches, nowMs);
        } finally {
            batches.release();
        }
    }

    /** The first batch may begin before the offset from which on there is something to read. */
    private void makeRoomFor(ByteBuf batches, long nowMs) throws IOException {
        int at = batches.readerIndex();
        if (batches.readableBytes() < BatchHeader.HEADER_BYTES || !Batches.isFormat2(batches, at)) {
            return;
        }
        long base = BatchHeader.baseOffset(batches, at);
        if (base < to.logEndOffset()) {
            to.truncateFullyAndStartAt(isEmpty(to) ? base : from.logStartOffset(), nowMs);
        }
    }

    private int append(ByteBuf batches, long nowMs) throws IOException {
        from.lock().lock();
        try {
            if (from.truncations() != truncations) {
                return CHANGED;
            }
            long before = to.logEndOffset();
            AppendOutcome outcome = to.appendAsFollower(batches, nowMs);
            if (outcome instanceof AppendOutcome.Rejected refused) {
                throw new IOException(refused.error() + " " + refused.detail());
            }
            return to.logEndOffset() == before ? CHANGED : batches.readableBytes();
        } finally {
            from.lock().unlock();
        }
    }

    /** Null when the other log does not begin there any more. */
    private ByteBuf read(int maxBytes) throws IOException {
        ReadOutcome outcome = from.readFromDisk(to.logEndOffset(), maxBytes, true, from.logEndOffset());
        if (outcome instanceof ReadOutcome.Unreadable unreadable) {
            throw new IOException(unreadable.error() + " " + unreadable.detail());
        }
        return outcome instanceof ReadOutcome.Slice slice ? bytesOf(slice.records()) : null;
    }

    private static ByteBuf bytesOf(RecordsRef records) throws IOException {
        ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(records.sizeInBytes());
        try {
            if (records instanceof RecordsRef.FileSlice slice) {
                fill(bytes, slice);
            }
            return bytes;
        } catch (IOException failure) {
            bytes.release();
            throw failure;
        } finally {
            records.release();
        }
    }

    private static void fill(ByteBuf bytes, RecordsRef.FileSlice slice) throws IOException {
        while (bytes.readableBytes() < slice.sizeInBytes()) {
            int missing = slice.sizeInBytes() - bytes.readableBytes();
            if (bytes.writeBytes(slice.channel(), slice.position() + bytes.readableBytes(), missing) < 0) {
                throw new EOFException("a segment became shorter while it was copied");
            }
        }
    }

    private static boolean isEmpty(PartitionLog log) {
        return log.sizeInBytes() == 0;
    }
}
