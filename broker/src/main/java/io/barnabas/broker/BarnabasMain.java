package io.barnabas.broker;

import io.barnabas.broker.cli.BarnabasCommand;

/** The process: what it was asked to do, done; its exit status. */
public final class BarnabasMain {
    private BarnabasMain() {}

    public static void main(String[] arguments) {
        System.exit(BarnabasCommand.execute(arguments, new BrokerProcess()));
    }
}
