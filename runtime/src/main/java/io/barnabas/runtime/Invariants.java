package io.barnabas.runtime;

/** Checks of what must hold, on in production too. A violation stops one partition or shard, not the process. */
public final class Invariants {
    private Invariants() {}

    /** Throws {@link Violation} with the formatted text unless {@code holds}. */
    public static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new Violation(String.format(format, arguments));
        }
    }

    /** For hot paths: no boxing of the two values unless the check fails. */
    public static void check(boolean holds, String format, long first, long second) {
        if (!holds) {
            throw new Violation(String.format(format, first, second));
        }
    }

    /** Something that cannot be so, is so. */
    public static final class Violation extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Violation(String message) {
            super(message);
        }
    }
}
