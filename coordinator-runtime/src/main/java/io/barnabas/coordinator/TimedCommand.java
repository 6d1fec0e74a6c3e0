package io.barnabas.coordinator;

/** What a state machine does when a timer is up. */
@FunctionalInterface
public interface TimedCommand<R> {
    Step<R> timeUp(long nowMs);
}
