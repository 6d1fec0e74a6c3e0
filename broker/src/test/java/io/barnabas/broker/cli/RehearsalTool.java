package io.barnabas.broker.cli;

import io.barnabas.runtime.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Has a broker rehearse from within this process; gives the status and all that is printed. */
public final class RehearsalTool {
    private RehearsalTool() {}

    public static String run(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int status = Rehearsal.execute(arguments, Clock.system(), out, out);
        return status + " " + printed.toString(StandardCharsets.UTF_8);
    }
}
