package io.barnabas.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps each processor from going to sleep, by a process that counts whenever nobody else wants the processor. A virtual
 * machine's processor that sleeps is given to other machines, and comes back milliseconds after it is woken: without
 * this, latencies tell of those. The process has the policy {@code SCHED_IDLE}, so that whatever wakes goes first. Where
 * {@code taskset} or {@code chrt} is missing, nothing happens.
 */
public final class Awake {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final Path CHRT = Path.of("/usr/bin/chrt");

    /** Ends with the process that began it, whatever becomes of that one. */
    private static final String COUNT =
            "while kill -0 $PPID 2>/dev/null; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; done";

    private final List<Process> counting = new ArrayList<>();

    private Awake() {}

    /** @param processors how many there are, counted from 0 */
    public static Awake all(int processors) throws IOException {
        Awake awake = new Awake();
        if (Files.isExecutable(TASKSET) && Files.isExecutable(CHRT)) {
            for (int i = 0; i < processors; i++) {
                awake.counting.add(new ProcessBuilder(
                                TASKSET.toString(), "-c", "" + i, CHRT.toString(), "-i", "0", "/bin/sh", "-c", COUNT)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
        }
        return awake;
    }

    List<Process> processes() {
        return counting;
    }

    public void close() {
        counting.forEach(Process::destroyForcibly);
    }
}
