package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the operating system's books say of a process at one moment.
 *
 * @param threads CPU time and context switches of each thread
 * @param residentMb memory in use now
 * @param peakMb the most that was in use
 * @param diskBytes what was read from disks since its start, and not from memory
 */
public record ProcessFigures(Map<String, ThreadFigures> threads, double residentMb, double peakMb, long diskBytes) {

    /** @param cpuNs user and system time since the thread's start */
    public record ThreadFigures(long cpuNs, long contextSwitches) {
        private static final ThreadFigures NONE = new ThreadFigures(0, 0);
    }

    public static ProcessFigures of(long pid) throws IOException {
        Path process = Path.of("/proc/" + pid);
        Map<String, ThreadFigures> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                addThread(threads, task);
            }
        }
        String status = Files.readString(process.resolve("status"));
        return new ProcessFigures(
                threads,
                number(status, "VmRSS:") / 1024.0,
                number(status, "VmHWM:") / 1024.0,
                number(Files.readString(process.resolve("io")), "read_bytes:"));
    }

    private static void addThread(Map<String, ThreadFigures> threads, Path task) throws IOException {
        try {
            String onCpuNs = Files.readString(task.resolve("schedstat")).split(" ")[0];
            String status = Files.readString(task.resolve("status"));
            long switches = number(status, "voluntary_ctxt_switches:") + number(status, "nonvoluntary_ctxt_switches:");
            threads.put(task.getFileName().toString(), new ThreadFigures(Long.parseLong(onCpuNs), switches));
        } catch (NoSuchFileException ended) {
            // Its time is lost; those that serve requests stay.
        } catch (IOException ended) {
            if (Files.exists(task)) {
                throw ended;
            }
        }
    }

    private static long number(String status, String label) {
        int at = status.startsWith(label) ? 0 : status.indexOf("\n" + label) + 1;
        int end = status.indexOf('\n', at);
        return Long.parseLong(status.substring(at + label.length(), end).replaceAll("\\D", ""));
    }

    public double cpuSeconds() {
        return threads.values().stream().mapToLong(ThreadFigures::cpuNs).sum() / 1e9;
    }

    public double cpuSecondsSince(ProcessFigures before) {
        long ns = 0;
        for (Map.Entry<String, ThreadFigures> thread : threads.entrySet()) {
            ns += thread.getValue().cpuNs() - before.of(thread.getKey()).cpuNs();
        }
        return ns / 1e9;
    }

    public double diskMbSince(ProcessFigures before) {
        return (diskBytes - before.diskBytes) / 1e6;
    }

    public long contextSwitchesSince(ProcessFigures before) {
        long switches = 0;
        for (Map.Entry<String, ThreadFigures> thread : threads.entrySet()) {
            switches += thread.getValue().contextSwitches()
                    - before.of(thread.getKey()).contextSwitches();
        }
        return switches;
    }

    private ThreadFigures of(String thread) {
        return threads.getOrDefault(thread, ThreadFigures.NONE);
    }
}
