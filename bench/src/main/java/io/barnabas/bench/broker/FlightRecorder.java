package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java's flight recorder in another process: begun and ended from outside, or by an option at the start. Stateless. */
final class FlightRecorder {
    private static final String NAME = "name=bench";

    private FlightRecorder() {}

    static void begin(long pid, Path settings) throws IOException, InterruptedException {
        run(pid, "JFR.start", NAME, "settings=" + settings);
    }

    static void end(long pid, Path file) throws IOException, InterruptedException {
        run(pid, "JFR.stop", NAME, "filename=" + file);
    }

    /** For a process that records from its start to its end, into a file of the folder whose name it finds itself. */
    static String option(Path settings, Path folder) {
        return "-XX:StartFlightRecording=settings=" + settings + ",dumponexit=true,filename=" + folder;
    }

    private static void run(long pid, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
    }
}
