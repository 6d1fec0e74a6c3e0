package io.barnabas.group;

import io.barnabas.coordinator.BatchKind;
import io.barnabas.coordinator.Effect;
import io.barnabas.coordinator.Step;
import io.barnabas.coordinator.TimedCommand;
import io.barnabas.coordinator.Waiter;
import io.barnabas.runtime.Invariants;
import io.barnabas.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Collects, while a command is being decided, what it comes to; then becomes a step. */
final class Outcome {
    private final List<GroupRecord> records = new ArrayList<>();
    private final List<Effect<GroupRecord>> effects = new ArrayList<>();
    private final List<Consumer<Outcome>> onceApplied = new ArrayList<>();
    private final List<BiConsumer<ErrorCode, Outcome>> ifRefused = new ArrayList<>();

    <A> void reply(Waiter<A> waiter, A answer) {
        effects.add(Effect.reply(waiter, answer));
    }

    <A> void replyAtOnce(Waiter<A> waiter, A answer) {
        effects.add(Effect.replyAtOnce(waiter, answer));
    }

    void setTimer(GroupTimer timer, long delayMs, TimedCommand<GroupRecord> command) {
        effects.add(Effect.setTimer(timer, delayMs, command));
    }

    void cancelTimer(GroupTimer timer) {
        effects.add(Effect.cancelTimer(timer));
    }

    void write(GroupRecord record) {
        records.add(record);
    }

    /** What follows from the new state; it may not write any more. */
    void onceApplied(Consumer<Outcome> then) {
        onceApplied.add(then);
    }

    /** What follows instead when the log refuses the records; it may not write either. */
    void ifRefused(BiConsumer<ErrorCode, Outcome> then) {
        ifRefused.add(then);
    }

    Step<GroupRecord> toStep() {
        if (records.isEmpty()) {
            onceApplied.forEach(then -> then.accept(this));
            Invariants.check(records.isEmpty(), "%s records written after the step", records.size());
            return Step.of(effects);
        }
        return Step.write(
                records,
                () -> followUp(more -> onceApplied.forEach(then -> then.accept(more))),
                error -> followUp(more -> ifRefused.forEach(then -> then.accept(error, more))));
    }

    /** As {@link #toStep}, with the batch marked as Kafka marks committed offsets. */
    Step<GroupRecord> toOffsetStep() {
        return toStep().as(BatchKind.SEQUENCE_ZERO);
    }

    private List<Effect<GroupRecord>> followUp(Consumer<Outcome> then) {
        Outcome more = new Outcome();
        then.accept(more);
        Invariants.check(more.records.isEmpty(), "%s records written after the step", more.records.size());
        List<Effect<GroupRecord>> all = new ArrayList<>(effects);
        all.addAll(more.effects);
        return all;
    }
}
