package io.barnabas.broker.cli;

import io.barnabas.log.directory.DirectoryLockedException;
import io.barnabas.log.inspect.EntryOutput;
import io.barnabas.log.inspect.Finding;
import io.barnabas.log.inspect.JsonEntries;
import io.barnabas.log.inspect.LogDump;
import io.barnabas.log.inspect.LogRepair;
import io.barnabas.log.inspect.LogStat;
import io.barnabas.log.inspect.LogVerification;
import io.barnabas.log.inspect.Progress;
import io.barnabas.log.inspect.TextEntries;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * {@code log dump|verify|stat|repair}: looks at log directories without a broker, and brings them in order. Runs on the main thread; returns the status
 * the process ends with: 0, 1 when something is wrong with what was looked at, 2 when the arguments make no sense.
 */
public final class LogCommand {
    static final String USAGE = """
            Usage: ./barnabas log dump   [--json] [--batches] <path>...   print records, indexes, producer states, epochs, checkpoints
                   ./barnabas log verify [--json] <directory>...          say what is wrong with them, and end with status 1 then
                   ./barnabas log stat   [--json] <directory>...          tell where each partition begins and ends, its bytes and records
                   ./barnabas log repair [--json] <directory>...          bring them in order: damage goes to quarantine files, every good
                                                                          batch stays, indexes are made anew; not while a broker runs
            A path is a log directory (an entry of log.dirs), a partition's directory in one, or, for dump, a file.
              --json     a JSON object a line
              --batches  leave out the records in the batches
            """;

    private static final int WRONG = 1;
    private static final int MISUSED = 2;

    private final Disk disk;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    LogCommand(Disk disk, Clock clock, PrintStream out, PrintStream err) {
        this.disk = disk;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** On the console and the local disk. */
    public static int execute(String[] arguments) {
        PrintStream buffered = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false);
        try {
            return new LogCommand(Disk.local(), Clock.system(), buffered, System.err).run(arguments);
        } finally {
            buffered.flush();
        }
    }

    int run(String... arguments) {
        LogRequest request = LogRequest.parse(arguments);
        if (request.refusal() != null) {
            err.println(request.refusal());
            err.print(USAGE);
            return MISUSED;
        }
        try {
            return switch (request.verb()) {
                case HELP -> {
                    out.print(USAGE);
                    yield 0;
                }
                case DUMP -> dump(request);
                case VERIFY -> verify(request);
                case STAT -> stat(request);
                case REPAIR -> repair(request);
            };
        } catch (DirectoryLockedException used) {
            err.println(used.getMessage());
        } catch (NoSuchFileException missing) {
            err.println("There is no " + missing.getFile());
        } catch (NotDirectoryException file) {
            err.println(file.getFile() + " is a file; name the directory of its partition");
        } catch (IOException unreadable) {
            err.println("Cannot be read: " + unreadable);
        }
        return WRONG;
    }

    private int dump(LogRequest request) throws IOException {
        LogDump dump = new LogDump(disk, !request.batchesOnly(), output(request), progress());
        for (Path path : request.paths()) {
            dump.print(path);
        }
        return 0;
    }

    private int stat(LogRequest request) throws IOException {
        LogStat stat = new LogStat(disk, output(request), progress());
        for (Path path : request.paths()) {
            stat.print(path);
        }
        return 0;
    }

    private int verify(LogRequest request) throws IOException {
        EntryOutput json = new JsonEntries(out);
        LogVerification verification =
                new LogVerification(disk, finding -> print(finding, request.json(), json), progress());
        for (Path path : request.paths()) {
            verification.check(path);
        }
        LogVerification.Summary summary = verification.summary();
        if (request.json()) {
            json.entry(summary.entry());
        } else {
            new TextEntries(out).entry(summary.entry());
        }
        return summary.problems() == 0 ? 0 : WRONG;
    }

    private int repair(LogRequest request) throws IOException {
        EntryOutput json = new JsonEntries(out);
        LogRepair repair = new LogRepair(disk, clock, finding -> print(finding, request.json(), json), progress());
        for (Path path : request.paths()) {
            repair.repair(path);
        }
        LogRepair.Summary summary = repair.summary();
        (request.json() ? json : new TextEntries(out)).entry(summary.entry());
        return summary.problems() == 0 ? 0 : WRONG;
    }

    private void print(Finding finding, boolean asJson, EntryOutput json) {
        if (!asJson) {
            out.println(finding);
            return;
        }
        try {
            json.entry(finding.entry());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private EntryOutput output(LogRequest request) {
        return request.json() ? new JsonEntries(out) : new TextEntries(out);
    }

    private Progress progress() {
        return new Progress(clock, err::println);
    }
}
