package io.barnabas.log;

import io.barnabas.wire.ErrorCode;
import java.util.function.Function;

/** What became of an append. */
public sealed interface AppendOutcome {

    <R> R fold(Function<Appended, R> done, Function<Rejected, R> refused);

    /**
     * The records are in the log.
     *
     * @param logAppendTimeMs the broker's time if the records carry that, else -1; of a duplicate the youngest timestamp
     * @param duplicate they were there already, from an earlier try
     */
    record Appended(long baseOffset, long lastOffset, long logAppendTimeMs, boolean duplicate)
            implements AppendOutcome {
        @Override
        public <R> R fold(Function<Appended, R> done, Function<Rejected, R> refused) {
            return done.apply(this);
        }
    }

    /** The log is as it was. */
    record Rejected(ErrorCode error, String detail) implements AppendOutcome {
        @Override
        public <R> R fold(Function<Appended, R> done, Function<Rejected, R> refused) {
            return refused.apply(this);
        }
    }
}
