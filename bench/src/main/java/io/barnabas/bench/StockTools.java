package io.barnabas.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the perf tools of Apache Kafka 4.3.1 and reads the throughput that they print. */
final class StockTools {
    private static final Pattern PRODUCED =
            Pattern.compile("(\\d+) records sent, [\\d.]+ records/sec \\(([\\d.]+) MB/sec\\)");

    private final Path home;

    StockTools(Path home) {
        this.home = home;
    }

    void createTopic(String address, String topic, int partitions) throws IOException, InterruptedException {
        run(
                "org.apache.kafka.tools.TopicCommand",
                "--bootstrap-server",
                address,
                "--create",
                "--topic",
                topic,
                "--partitions",
                Integer.toString(partitions),
                "--replication-factor",
                "1");
    }

    /** MB/s, counted in 1024 x 1024 bytes as the tool does. */
    double produce(String address, String topic, int records, int recordBytes)
            throws IOException, InterruptedException {
        String out = run(
                "org.apache.kafka.tools.ProducerPerformance",
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--record-size",
                Integer.toString(recordBytes),
                "--throughput",
                "-1",
                "--producer-props",
                "bootstrap.servers=" + address);
        Matcher matcher = PRODUCED.matcher(out);
        double last = -1;
        while (matcher.find()) {
            if (Integer.parseInt(matcher.group(1)) == records) {
                last = Double.parseDouble(matcher.group(2));
            }
        }
        if (last < 0) {
            throw new IOException("not all records were sent:\n" + out);
        }
        return last;
    }

    /** MB/s from the beginning of the topic. */
    double consume(String address, String topic, int records) throws IOException, InterruptedException {
        String out = run(
                "org.apache.kafka.tools.ConsumerPerformance",
                "--bootstrap-server",
                address,
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--timeout",
                "60000");
        String[] lines = out.strip().split("\n");
        String[] columns = lines[lines.length - 1].split(", ");
        if (Long.parseLong(columns[4].strip()) < records) {
            throw new IOException("not all records were read:\n" + out);
        }
        return Double.parseDouble(columns[3]);
    }

    private String run(String mainClass, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Contender.java(),
                "-Xmx512m",
                "-cp",
                home.resolve("compat-tests/class-paths/tools-4.3.1/target/lib") + "/*",
                mainClass));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(mainClass + " failed:\n" + out);
        }
        return out;
    }
}
