package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/** The partitions of an internal topic, as a coordinator sees them. */
public interface PartitionWriter {

    /**
     * Appends one batch if this broker leads the partition in that epoch. Stamps it; the caller keeps and releases it.
     * Called on a shard's mailbox; does not wait for replication.
     */
    AppendResult append(TopicPartition partition, int leaderEpoch, ByteBuf batch, Proof proof);

    /**
     * Shows that the transaction of a batch is under way, with this partition in it. Gotten where the transaction's
     * coordinator was asked, and passed on to where the batch is appended; means nothing in between.
     */
    interface Proof {
        /** For batches that are in no transaction. */
        Proof NONE = new Proof() {};
    }

    /** Below this offset everything is replicated as demanded; 0 when the partition is not here. Any thread. */
    long committedOffset(TopicPartition partition);

    /** Calls {@code moved}, from any thread, whenever {@link #committedOffset} has grown. Does not call back at once. */
    Subscription onCommitted(TopicPartition partition, Runnable moved);

    /**
     * Whole batches from {@code fromOffset} on (from the log start when that lies later), about {@code maxBytes} of
     * them but at least one; none at the log end, which may lie above the committed offset. May block: called on the
     * loading pool. The caller releases the bytes.
     */
    ReadResult read(TopicPartition partition, int leaderEpoch, long fromOffset, int maxBytes);

    /** Ends notifications. */
    @FunctionalInterface
    interface Subscription {
        void cancel();
    }

    sealed interface AppendResult {
        <T> T fold(Function<Appended, T> done, Function<AppendRefused, T> refused);
    }

    record Appended(long baseOffset, long endOffset) implements AppendResult {
        @Override
        public <T> T fold(Function<Appended, T> done, Function<AppendRefused, T> refused) {
            return done.apply(this);
        }
    }

    record AppendRefused(ErrorCode error) implements AppendResult {
        @Override
        public <T> T fold(Function<Appended, T> done, Function<AppendRefused, T> refused) {
            return refused.apply(this);
        }
    }

    sealed interface ReadResult {
        <T> T fold(Function<Chunk, T> done, Function<ReadRefused, T> refused);
    }

    /** @param batches may be empty */
    record Chunk(ByteBuf batches) implements ReadResult {
        @Override
        public <T> T fold(Function<Chunk, T> done, Function<ReadRefused, T> refused) {
            return done.apply(this);
        }
    }

    record ReadRefused(ErrorCode error) implements ReadResult {
        @Override
        public <T> T fold(Function<Chunk, T> done, Function<ReadRefused, T> refused) {
            return refused.apply(this);
        }
    }
}
