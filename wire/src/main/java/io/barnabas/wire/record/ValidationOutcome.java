package io.barnabas.wire.record;

import io.barnabas.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Function;

/** What {@link BatchValidator} says about the records of one partition in a produce request. */
public sealed interface ValidationOutcome {

    <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused);

    /**
     * One batch of format 2, ready for the log, which stamps base offset and leader epoch.
     *
     * @param batch the bytes that came, or a part of them, not retained; when {@code rewritten} a buffer of its own,
     *     which the caller releases
     * @param logAppendTimeMs the time stamped on the batch; -1 where the producer's times stand
     */
    record Accepted(ByteBuf batch, boolean rewritten, long logAppendTimeMs, int recordCount)
            implements ValidationOutcome {
        @Override
        public <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused) {
            return accepted.apply(this);
        }
    }

    /**
     * Nothing is to be stored; the bytes are as they came.
     *
     * @param recordErrors the records at fault, at most {@link RecordCheck#MAX_RECORD_ERRORS} of them; often none,
     *     where the batch as a whole is
     */
    record Refused(ErrorCode error, String message, List<RecordError> recordErrors) implements ValidationOutcome {
        static Refused of(ErrorCode error, String message) {
            return new Refused(error, message, List.of());
        }

        @Override
        public <R> R fold(Function<Accepted, R> accepted, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
