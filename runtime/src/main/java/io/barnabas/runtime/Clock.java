package io.barnabas.runtime;

/** The time of day and the time that only runs forward. Any thread may ask. Tests bring their own. */
public interface Clock {

    /** Milliseconds since 1970; may jump when somebody sets the machine's clock. */
    long nowMs();

    /** Nanoseconds since some fixed instant; never runs backwards. For durations and deadlines. */
    long monotonicNs();

    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
