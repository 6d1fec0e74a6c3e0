package io.barnabas.bench.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The operating system's account of a process, held against what the process knows of itself. */
class FiguresTest {
    private static final long WORK_NS = 200_000_000;

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsTheTimeThatThisProcessUses() throws IOException {
        long pid = ProcessHandle.current().pid();
        ProcessFigures before = ProcessFigures.of(pid);
        long used = workOnThisThread();
        ProcessFigures after = ProcessFigures.of(pid);
        assertThat(after.cpuSecondsSince(before)).isGreaterThan(used / 1e9 - 0.02);
        assertThat(after.residentMb()).isBetween(10.0, after.peakMb());
        assertThat(after.contextSwitchesSince(before)).isNotNegative();
        assertThat(after.diskMbSince(before)).isNotNegative();
    }

    private static long workOnThisThread() {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - begin < WORK_NS) {
            Thread.onSpinWait();
        }
        return threads.getCurrentThreadCpuTime() - begin;
    }

    @Test
    void sumsWhatTheThreadsOfADumpAllocated() {
        String dump = "\"main\" #1 prio=5 cpu=1.00ms allocated=1024K defined_classes=7 tid=0x1\n"
                + "\"other\" #2 cpu=1.00ms allocated=512B defined_classes=0 tid=0x2\n";
        assertThat(Allocations.sum(dump)).isCloseTo(1024 * 1024 + 512, within(0.1));
        assertThat(Allocations.sum("nothing")).isNegative();
    }
}
