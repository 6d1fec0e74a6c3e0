package io.barnabas.broker;

import io.barnabas.broker.cli.Rehearsal;

/** The process that has a broker rehearse for Java's archive; not the broker's own. */
public final class RehearsalMain {
    private RehearsalMain() {}

    public static void main(String[] arguments) {
        System.exit(Rehearsal.execute(arguments));
    }
}
