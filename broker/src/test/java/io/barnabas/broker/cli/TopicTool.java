package io.barnabas.broker.cli;

import io.barnabas.runtime.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs {@code topic ...} in this process; gives its status and all that it prints. */
public final class TopicTool {
    private TopicTool() {}

    public static String run(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int status = new TopicCommand(Clock.system(), out, out).run(arguments);
        return status + " " + printed.toString(StandardCharsets.UTF_8);
    }
}
