package io.barnabas.broker.cli;

import io.barnabas.runtime.Disk;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;

/**
 * What the process was asked to do: {@code run [options]}, or Kafka's form {@code server.properties [--override key=value]...}.
 * Runs on the main thread; returns the status the process ends with.
 */
public final class BarnabasCommand {

    private BarnabasCommand() {}

    /** As {@link #execute(String[], BrokerStart, PrintWriter, PrintWriter)}, on the console and the local disk. */
    public static int execute(String[] arguments, BrokerLauncher launcher) {
        Optional<Path> home =
                Optional.ofNullable(System.getProperty("barnabas.home")).map(Path::of);
        BrokerStart start = new BrokerStart(Disk.local(), home, launcher);
        return execute(arguments, start, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    }

    static int execute(String[] arguments, BrokerStart start, PrintWriter out, PrintWriter err) {
        boolean isRun = arguments.length > 0 && arguments[0].equals("run");
        Object command = isRun ? new RunCommand(start) : new StartCommand(start);
        String[] rest = isRun ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
        CommandLine line = new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(BarnabasCommand::refuse)
                .setExecutionExceptionHandler((failure, asked, parsed) -> {
                    throw failure;
                });
        if (!isRun && (arguments.length == 0 || arguments[0].equals("--help"))) {
            err.println(StartCommand.USAGE);
            return 1;
        }
        return line.execute(rest);
    }

    private static int refuse(CommandLine.ParameterException refusal, String[] arguments) {
        PrintWriter err = refusal.getCommandLine().getErr();
        err.println(refusal.getMessage());
        if (refusal.getCommandLine().getCommand() instanceof StartCommand) err.println(StartCommand.USAGE);
        else refusal.getCommandLine().usage(err);
        return 1;
    }
}
