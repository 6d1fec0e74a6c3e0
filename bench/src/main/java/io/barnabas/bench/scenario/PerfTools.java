package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kafka-producer-perf-test} and {@code kafka-consumer-perf-test} of Apache Kafka 4.3.1, and the throughput that they
 * print, in MB of 1024 x 1024 bytes. A tool that does not get all its records through is a failure.
 */
final class PerfTools {
    private static final Pattern PRODUCED =
            Pattern.compile("(\\d+) records sent, [\\d.]+ records/sec \\(([\\d.]+) MB/sec\\)");

    private final ReleasedTools tools;

    PerfTools(ReleasedTools tools) {
        this.tools = tools;
    }

    /** MB/s. */
    double produce(Contender broker, String topic, int records, int recordBytes, List<String> properties)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--record-size",
                Integer.toString(recordBytes),
                "--throughput",
                "-1",
                "--producer-props",
                "bootstrap.servers=" + broker.bootstrapServers()));
        arguments.addAll(properties);
        String out = tools.run("org.apache.kafka.tools.ProducerPerformance", arguments.toArray(String[]::new));
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

    /** From the tool's start on, and from the moment on when it had joined its group; in MB as the tool counts them. */
    record Consumed(double perSecond, double joiningMs, double perSecondSinceJoined) {}

    /**
     * From the beginning of the topic.
     *
     * @param more further arguments of the tool
     */
    Consumed consume(Contender broker, String topic, int records, List<String> more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--timeout",
                "60000"));
        arguments.addAll(more);
        String out = tools.run("org.apache.kafka.tools.ConsumerPerformance", arguments.toArray(String[]::new));
        String[] lines = out.strip().split("\n");
        String[] columns = lines[lines.length - 1].split(", ");
        if (Long.parseLong(columns[4].strip()) < records) {
            throw new IOException("not all records were read:\n" + out);
        }
        return new Consumed(
                Double.parseDouble(columns[3]), Double.parseDouble(columns[6]), Double.parseDouble(columns[8]));
    }
}
