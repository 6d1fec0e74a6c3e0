package io.barnabas.broker;

import io.barnabas.broker.cli.TopicCommand;

/** The process of {@code ./barnabas topic}; not the broker's, so that the scripts that stop brokers do not see it. */
public final class TopicMain {
    private TopicMain() {}

    public static void main(String[] arguments) {
        System.exit(TopicCommand.execute(arguments));
    }
}
