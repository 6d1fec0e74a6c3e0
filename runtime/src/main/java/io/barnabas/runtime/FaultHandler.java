package io.barnabas.runtime;

/** Hears of what should not have happened: a bug or a broken machine, never a user's mistake. Any thread may call. */
@FunctionalInterface
public interface FaultHandler {

    /**
     * Records the fault; does not throw. An {@link Error} such as running out of memory ends the process.
     *
     * @param where the part that failed, as a reader of the log would name it
     */
    void fault(String where, Throwable cause);
}
