package io.barnabas.broker;

import io.barnabas.broker.cli.LogCommand;

/** The process of {@code ./barnabas log}; not the broker's, so that the scripts that stop brokers do not see it. */
public final class LogMain {
    private LogMain() {}

    public static void main(String[] arguments) {
        System.exit(LogCommand.execute(arguments));
    }
}
