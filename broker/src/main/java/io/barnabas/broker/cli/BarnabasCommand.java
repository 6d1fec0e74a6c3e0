package io.barnabas.broker.cli;

import io.barnabas.runtime.Disk;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process was asked to do: {@code run [options]}, or Kafka's form {@code server.properties [--override key=value]...}.
 * Runs on the main thread; returns the status the process ends with, which is Kafka's.
 */
public final class BarnabasCommand {

    static final String USAGE = """
            USAGE: java [options] io.barnabas.broker.BarnabasMain server.properties [--adopt] [--override property=value]*
               or: java [options] io.barnabas.broker.BarnabasMain run [--port <port>] [--data <folder>] [--adopt] [--override property=value]*
            """;

    private static final int FAILED = 1;

    private BarnabasCommand() {}

    /** On the console and the local disk. */
    public static int execute(String[] arguments, BrokerLauncher launcher) {
        Optional<Path> home =
                Optional.ofNullable(System.getProperty("barnabas.home")).map(Path::of);
        return execute(arguments, new BrokerStart(Disk.local(), home, launcher), System.out, System.err);
    }

    static int execute(String[] arguments, BrokerStart start, PrintStream out, PrintStream err) {
        StartRequest request = StartRequest.parse(arguments);
        if (request.refusal() != null) {
            err.println(request.refusal());
            err.print(USAGE);
            return FAILED;
        }
        return switch (request.kind()) {
            case HELP -> {
                err.print(USAGE);
                yield FAILED;
            }
            case VERSION -> {
                out.println(Version.current());
                yield 0;
            }
            case START ->
                request.isRun()
                        ? start.fromCheckout(request.overrides())
                        : start.from(request.file(), request.overrides());
        };
    }
}
