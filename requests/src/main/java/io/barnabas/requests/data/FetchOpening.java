package io.barnabas.requests.data;

import io.barnabas.wire.ErrorCode;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Whether a Fetch names partitions that can be served, with a session or without, or misuses its session. */
sealed interface FetchOpening {

    <R> R fold(BiFunction<FetchInterest, FetchSession, R> served, Function<ErrorCode, R> refused);

    /** @param session null when the reader wanted none or there was no room */
    record Served(FetchInterest interest, FetchSession session) implements FetchOpening {
        @Override
        public <R> R fold(BiFunction<FetchInterest, FetchSession, R> served, Function<ErrorCode, R> refused) {
            return served.apply(interest, session);
        }
    }

    record Refused(ErrorCode error) implements FetchOpening {
        @Override
        public <R> R fold(BiFunction<FetchInterest, FetchSession, R> served, Function<ErrorCode, R> refused) {
            return refused.apply(error);
        }
    }
}
