package io.barnabas.coordinator;

/**
 * Something a state machine is asked to do. It decides and says so in a {@link Step}; it does not touch what a restart
 * must bring back, because only {@link StateMachine#apply} does.
 */
@FunctionalInterface
public interface Command<S, R, A> {
    Step<R> run(S machine, Waiter<A> waiter, long nowMs);
}
