package io.barnabas.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What keeps a processor awake gives way to everybody, and ends. */
class AwakeTest {
    private static final int POLICY = 41;
    private static final int SCHED_IDLE = 5;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    @Test
    void countsOnlyWhileNobodyElseWantsTheProcessorAndNoLongerThanAsked() throws Exception {
        boolean canPin =
                Files.isExecutable(Path.of("/usr/bin/taskset")) && Files.isExecutable(Path.of("/usr/bin/chrt"));
        Awake awake = Awake.all(1);
        try {
            assertThat(awake.processes()).hasSize(canPin ? 1 : 0);
            for (Process process : awake.processes()) {
                long begin = System.nanoTime();
                while (policyOf(process) != SCHED_IDLE) {
                    assertThat(System.nanoTime() - begin).isLessThan(LIMIT_NS);
                    Thread.onSpinWait();
                }
            }
        } finally {
            awake.close();
        }
        for (Process process : awake.processes()) {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The fields behind the name, which stands in brackets, are numbered from 3. */
    private static int policyOf(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[POLICY - 3]);
    }
}
