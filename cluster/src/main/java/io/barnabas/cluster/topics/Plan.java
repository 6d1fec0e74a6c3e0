package io.barnabas.cluster.topics;

import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** Where partitions would go, or why that cannot be. */
sealed interface Plan {

    <R> R fold(Function<Placed, R> placed, Function<Refused, R> refused);

    record Placed(SortedMap<Integer, List<Integer>> replicas) implements Plan {
        @Override
        public <R> R fold(Function<Placed, R> placed, Function<Refused, R> refused) {
            return placed.apply(this);
        }
    }

    record Refused(ErrorCode error, String message) implements Plan {
        @Override
        public <R> R fold(Function<Placed, R> placed, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
