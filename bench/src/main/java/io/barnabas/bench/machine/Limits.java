package io.barnabas.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Measures one thing after the other, each a few times: the median of the rates, and the least CPU time that a GB took,
 * which stays meaningful while others use the machine. One thread.
 */
public final class Limits {
    private static final int TIMES = 5;
    private static final double TURN_SECONDS = 0.2;
    private static final int BLOCKS = 64;

    private final Map<String, String> measured = new LinkedHashMap<>();
    private long sink;

    private Limits() {}

    /** @param directory on the disk that brokers use; what is written there is deleted again */
    public static Map<String, String> measure(Path directory) throws IOException, InterruptedException {
        Limits limits = new Limits();
        limits.memory();
        for (int bytes : new int[] {16 << 10, 64 << 10, 1 << 20}) {
            limits.add("append to the page cache, writes of " + (bytes >> 10) + " KB", new Appending(directory, bytes));
        }
        limits.add("receive from loopback, 64 KB", Loopback.receiver(64 << 10));
        limits.add("send to loopback, 64 KB", Loopback.sender(64 << 10));
        try (SentFile file = SentFile.in(directory)) {
            limits.add("sendfile to loopback, 64 KB", Loopback.fileSender(file, 64 << 10));
            limits.add("sendfile to loopback, 1 MB", Loopback.fileSender(file, 1 << 20));
        }
        return limits.measured;
    }

    private void memory() throws IOException, InterruptedException {
        byte[] from = new byte[64 << 10];
        byte[] to = new byte[64 << 10];
        add("memory copy, 64 KB", timed(from.length, () -> {
            System.arraycopy(from, 0, to, 0, from.length);
            sink += to[from.length - 1];
        }));
        ByteBuffer bytes = ByteBuffer.allocateDirect(64 << 10);
        CRC32C crc = new CRC32C();
        add("CRC32C, 64 KB", timed(bytes.capacity(), () -> {
            crc.reset();
            crc.update(bytes.duplicate());
            sink += crc.getValue();
        }));
    }

    /** On the calling thread. */
    private static Job timed(int bytes, Runnable action) {
        return () -> {
            long cpu = ThreadTime.ns();
            long begin = System.nanoTime();
            long moved = 0;
            while (System.nanoTime() - begin < TURN_SECONDS * 1e9) {
                for (int i = 0; i < BLOCKS; i++) {
                    action.run();
                }
                moved += (long) BLOCKS * bytes;
            }
            return new Job.Moved(moved, System.nanoTime() - begin, ThreadTime.ns() - cpu);
        };
    }

    private void add(String name, Job job) throws IOException, InterruptedException {
        List<Double> rates = new ArrayList<>();
        double leastCpu = Double.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            Job.Moved moved = job.run();
            rates.add(moved.gigabytesPerSecond());
            leastCpu = Math.min(leastCpu, moved.cpuSecondsPerGigabyte());
        }
        rates.sort(null);
        String figures =
                String.format(Locale.ROOT, "%.2f GB/s, %.3f CPU-s per GB", rates.get(rates.size() / 2), leastCpu);
        measured.put("limit, " + name, figures);
    }
}
