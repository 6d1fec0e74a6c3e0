package io.barnabas.coordinator;

import io.barnabas.wire.ErrorCode;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a command decided: records, to be appended as one batch or not at all, and effects. The effects are asked for
 * after the records were applied, so that answers are made from the new state; when the log refuses the records, the
 * effects of {@code ifRefused} are carried out instead.
 *
 * @param <R> the records of the state machine
 */
public record Step<R>(
        List<R> records,
        BatchKind kind,
        Supplier<List<Effect<R>>> effects,
        Function<ErrorCode, List<Effect<R>>> ifRefused) {

    /** Nothing to do. */
    public static <R> Step<R> nothing() {
        return of(List.of());
    }

    /** Effects only. */
    public static <R> Step<R> of(List<Effect<R>> effects) {
        return new Step<>(List.of(), BatchKind.PLAIN, () -> effects, error -> List.of());
    }

    public static <R> Step<R> of(Effect<R> effect) {
        return of(List.of(effect));
    }

    /** Records first, then what follows from them. */
    public static <R> Step<R> write(
            List<R> records, Supplier<List<Effect<R>>> effects, Function<ErrorCode, List<Effect<R>>> ifRefused) {
        return new Step<>(records, BatchKind.PLAIN, effects, ifRefused);
    }

    /** The same step, its batch marked differently. */
    public Step<R> as(BatchKind other) {
        return new Step<>(records, other, effects, ifRefused);
    }
}
