package io.barnabas.txn;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which transactions somebody wants to see; what is empty lets everything pass.
 *
 * @param statuses by their names
 * @param minDurationMs under way for longer than this; negative for no such demand
 * @param ids says which transactional ids are meant
 */
public record TransactionFilter(
        Set<String> statuses, Set<Long> producerIds, long minDurationMs, Predicate<String> ids) {

    /** Those of the names that stand for nothing. */
    public Set<String> unknownStatuses() {
        Set<String> unknown = new TreeSet<>(statuses);
        unknown.removeIf(name -> TransactionStatus.named(name) != null);
        return unknown;
    }

    boolean lets(TransactionState state, long nowMs) {
        return (statuses.isEmpty() || statuses.contains(state.status().text()))
                && (producerIds.isEmpty() || producerIds.contains(state.producerId()))
                && (minDurationMs < 0 || isLongerUnderWay(state, nowMs))
                && ids.test(state.transactionalId());
    }

    private boolean isLongerUnderWay(TransactionState state, long nowMs) {
        return !state.status().isAtRest() && nowMs - state.startMs() > minDurationMs;
    }
}
