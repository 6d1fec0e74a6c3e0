package io.barnabas.log.crash;

/** What must hold after a crash does not. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what, cause);
    }

    static void check(boolean holds, String what, Object... arguments) {
        if (!holds) {
            throw new Violation(String.format(what, arguments));
        }
    }
}
