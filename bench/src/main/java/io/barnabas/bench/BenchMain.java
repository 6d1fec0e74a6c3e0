package io.barnabas.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the stock perf tools against Barnabas and Apache Kafka 4.3.1 in turns and prints a table of medians, spreads and
 * ratios. Arguments: {@code --pairs N} (5), {@code --data MB} (1000) per producer run. Every contender starts afresh on
 * an empty directory in each turn; a first, smaller load warms it up and is not counted.
 */
public final class BenchMain {
    private static final int PARTITIONS = 6;
    private static final int[] RECORD_SIZES = {1_000, 100};
    private static final long IDLE_SECONDS = 5;

    private final Path home;
    private final Path work;
    private final StockTools tools;
    private final Table table = new Table("barnabas", "kafka-4.3.1");
    private final long bytes;

    private BenchMain(Path home, long bytes) {
        this.home = home;
        this.work = home.resolve(".barnabas/bench");
        this.tools = new StockTools(home);
        this.bytes = bytes;
    }

    public static void main(String[] arguments) throws Exception {
        int pairs = option(arguments, "--pairs", 5);
        long megabytes = option(arguments, "--data", 1_000);
        Path home = Path.of(System.getProperty("barnabas.home", "."))
                .toAbsolutePath()
                .normalize();
        BenchMain bench = new BenchMain(home, megabytes * 1_000_000);
        for (int pair = 1; pair <= pairs; pair++) {
            System.err.println("pair " + pair + " of " + pairs);
            bench.measure(true);
            bench.measure(false);
        }
        System.out.println(bench.table);
    }

    private void measure(boolean ours) throws IOException, InterruptedException {
        Path directory = work.resolve(ours ? "barnabas" : "kafka-4.3.1");
        deleteRecursively(directory);
        Contender contender =
                ours ? Contender.barnabas(home, directory, 19_092) : Contender.apache(home, directory, 19_192);
        try {
            table.add("start to first answer, ms", contender.name(), contender.start());
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            table.add(
                    "resident memory idle, MB",
                    contender.name(),
                    contender.figures().residentMb());
            warmUp(contender);
            for (int size : RECORD_SIZES) {
                loadWith(contender, size);
            }
            table.add(
                    "resident memory at its peak, MB",
                    contender.name(),
                    contender.figures().peakMb());
        } finally {
            contender.stop();
            deleteRecursively(directory);
        }
    }

    private void warmUp(Contender contender) throws IOException, InterruptedException {
        tools.createTopic(contender.address(), "warm", PARTITIONS);
        tools.produce(contender.address(), "warm", 200_000, 500);
        tools.consume(contender.address(), "warm", 200_000);
    }

    private void loadWith(Contender contender, int recordBytes) throws IOException, InterruptedException {
        String topic = "perf-" + recordBytes;
        // Small records keep the client busy much longer; half the bytes take long enough.
        int records = (int) (bytes / recordBytes / (recordBytes < 1_000 ? 2 : 1));
        double gigabytes = (double) records * recordBytes / 1e9;
        tools.createTopic(contender.address(), topic, PARTITIONS);

        double before = contender.figures().cpuSeconds();
        double produced = tools.produce(contender.address(), topic, records, recordBytes);
        double between = contender.figures().cpuSeconds();
        double consumed = tools.consume(contender.address(), topic, records);
        double after = contender.figures().cpuSeconds();

        String of = " of " + recordBytes + " B, ";
        table.add("produce" + of + "MB/s", contender.name(), produced);
        table.add("produce" + of + "broker CPU-s per GB", contender.name(), (between - before) / gigabytes);
        table.add("consume" + of + "MB/s", contender.name(), consumed);
        table.add("consume" + of + "broker CPU-s per GB", contender.name(), (after - between) / gigabytes);
    }

    private static int option(String[] arguments, String name, int otherwise) {
        int at = List.of(arguments).indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(arguments[at + 1]);
    }

    private static void deleteRecursively(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
