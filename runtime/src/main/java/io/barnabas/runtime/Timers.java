package io.barnabas.runtime;

/**
 * Things to do later. A task runs on the timer thread and must return at once: it posts to a mailbox or pool.
 * Any thread may schedule and cancel.
 */
public interface Timers {

    /** Runs {@code task} once, {@code delayMs} milliseconds from now (0 or less: as soon as possible). */
    Timer schedule(long delayMs, Runnable task);

    /** Runs {@code task} again and again; the pause of {@code periodMs} is counted from the end of a run. */
    Timer repeat(long initialDelayMs, long periodMs, Runnable task);

    /** A scheduled task. */
    interface Timer {
        /** The task does not begin after this returns, unless it has begun already. Repeating it does no harm. */
        void cancel();
    }
}
