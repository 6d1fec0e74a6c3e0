package io.barnabas.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the operating system's books say of a process at one moment.
 *
 * @param cpuSeconds user and system time since its start
 * @param residentMb memory in use now
 * @param peakMb the most that was in use
 */
record ProcessFigures(double cpuSeconds, double residentMb, double peakMb) {
    /** What {@code sysconf(_SC_CLK_TCK)} is on every Linux in use. */
    private static final double TICKS_PER_SECOND = 100;

    static ProcessFigures of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        double resident = 0;
        double peak = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                resident = megabytes(line);
            } else if (line.startsWith("VmHWM:")) {
                peak = megabytes(line);
            }
        }
        return new ProcessFigures(cpu, resident, peak);
    }

    private static double megabytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
}
