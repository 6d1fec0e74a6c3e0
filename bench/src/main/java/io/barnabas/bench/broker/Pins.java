package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which processors a process may use. Where there are at least two, the broker gets the first for itself and the load
 * all others; with one, or without {@code taskset}, everybody shares.
 */
public enum Pins {
    /** As the system likes. */
    NONE,
    BROKER,
    LOAD;

    private static final int PROCESSORS = countProcessors();

    public List<String> apply(List<String> command) {
        if (this == NONE && PROCESSORS > 1) {
            return pinned("0-" + (PROCESSORS - 1), command);
        }
        if (PROCESSORS < 2) {
            return command;
        }
        return pinned(this == BROKER ? "0" : "1-" + (PROCESSORS - 1), command);
    }

    public static boolean areEffective() {
        return PROCESSORS >= 2;
    }

    public static int processors() {
        return PROCESSORS;
    }

    /** Puts this very process where the load belongs, children to come included. */
    public static void pinThisProcess() throws IOException, InterruptedException {
        if (areEffective()) {
            String pid = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-p", "-c", "1-" + (PROCESSORS - 1), pid)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        }
    }

    private static List<String> pinned(String processors, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", processors));
        pinned.addAll(command);
        return pinned;
    }

    private static int countProcessors() {
        boolean canPin = Files.isExecutable(Path.of("/usr/bin/taskset"));
        return canPin ? Runtime.getRuntime().availableProcessors() : 1;
    }
}
