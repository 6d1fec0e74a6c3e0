package io.barnabas.log;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of a read. */
public sealed interface ReadOutcome {

    <R> R fold(
            Function<Slice, R> found,
            Supplier<R> cold,
            Function<OutOfRange, R> outOfRange,
            Function<Unreadable, R> unreadable);

    /**
     * Whole batches but for the last one, which may be cut short; empty at the end. The caller releases them.
     *
     * @param upperOffset no batch among them holds it or a later one
     */
    record Slice(RecordsRef records, long upperOffset) implements ReadOutcome {
        @Override
        public <R> R fold(
                Function<Slice, R> found,
                Supplier<R> cold,
                Function<OutOfRange, R> outOfRange,
                Function<Unreadable, R> unreadable) {
            return found.apply(this);
        }
    }

    /** The answer may have to come from the disk: ask {@link PartitionLog#readFromDisk} on a thread that may wait. */
    enum Cold implements ReadOutcome {
        INSTANCE;

        @Override
        public <R> R fold(
                Function<Slice, R> found,
                Supplier<R> cold,
                Function<OutOfRange, R> outOfRange,
                Function<Unreadable, R> unreadable) {
            return cold.get();
        }
    }

    /** The log does not reach there, at the moment of the read. */
    record OutOfRange(long logStartOffset, long logEndOffset) implements ReadOutcome {
        @Override
        public <R> R fold(
                Function<Slice, R> found,
                Supplier<R> cold,
                Function<OutOfRange, R> outOfRange,
                Function<Unreadable, R> unreadable) {
            return outOfRange.apply(this);
        }
    }

    /** The disk failed, or the directory is offline. */
    record Unreadable(ErrorCode error, String detail) implements ReadOutcome {
        @Override
        public <R> R fold(
                Function<Slice, R> found,
                Supplier<R> cold,
                Function<OutOfRange, R> outOfRange,
                Function<Unreadable, R> unreadable) {
            return unreadable.apply(this);
        }
    }
}
