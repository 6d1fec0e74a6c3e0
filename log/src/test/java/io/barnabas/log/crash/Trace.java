package io.barnabas.log.crash;

/** Says what happens, for whoever follows one seed: {@code -Dbarnabas.chaos.trace=true}. */
final class Trace {
    private static final boolean ON = Boolean.getBoolean("barnabas.chaos.trace");

    private Trace() {}

    static void note(Object what) {
        if (ON) {
            System.out.println(what);
        }
    }
}
