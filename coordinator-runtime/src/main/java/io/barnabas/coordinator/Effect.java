package io.barnabas.coordinator;

/**
 * What a step asks for besides its records.
 *
 * @param <R> the records of the state machine
 */
public sealed interface Effect<R> {

    void carryOut(Effects<R> effects);

    /** An answer that may be given only once everything it was computed from is committed. */
    static <R, A> Effect<R> reply(Waiter<A> waiter, A answer) {
        return new Reply<>(waiter, answer, true);
    }

    /** An answer that promises nothing about the log: heartbeats, refusals, the end of a join phase. */
    static <R, A> Effect<R> replyAtOnce(Waiter<A> waiter, A answer) {
        return new Reply<>(waiter, answer, false);
    }

    /** Sets the timer of that key, in place of the one that may run under it. */
    static <R> Effect<R> setTimer(Object key, long delayMs, TimedCommand<R> command) {
        return new SetTimer<>(key, delayMs, command);
    }

    /** Stops the timer of that key; nothing happens when there is none. */
    static <R> Effect<R> cancelTimer(Object key) {
        return new CancelTimer<>(key);
    }

    /** Something to do once this step's records are committed; forgotten when leadership ends before. */
    static <R> Effect<R> afterCommit(Runnable action) {
        return new AfterCommit<>(action);
    }

    record Reply<R, A>(Waiter<A> waiter, A answer, boolean whenCommitted) implements Effect<R> {
        @Override
        public void carryOut(Effects<R> effects) {
            effects.reply(this);
        }
    }

    /**
     * @param delayMs from now; a delay and not a time of day, so that setting the machine's clock expires nobody
     */
    record SetTimer<R>(Object key, long delayMs, TimedCommand<R> command) implements Effect<R> {
        @Override
        public void carryOut(Effects<R> effects) {
            effects.setTimer(this);
        }
    }

    record CancelTimer<R>(Object key) implements Effect<R> {
        @Override
        public void carryOut(Effects<R> effects) {
            effects.cancelTimer(key);
        }
    }

    record AfterCommit<R>(Runnable action) implements Effect<R> {
        @Override
        public void carryOut(Effects<R> effects) {
            effects.afterCommit(action);
        }
    }

    /** Who carries effects out. */
    interface Effects<R> {
        <A> void reply(Reply<R, A> reply);

        void setTimer(SetTimer<R> timer);

        void cancelTimer(Object key);

        void afterCommit(Runnable action);
    }
}
