package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the perf tools of Apache Kafka 4.3.1 and reads the throughput that they print; here the client is the limit. */
final class StockTools {
    private static final Pattern PRODUCED =
            Pattern.compile("(\\d+) records sent, [\\d.]+ records/sec \\(([\\d.]+) MB/sec\\)");
    private static final int PARTITIONS = 6;
    private static final int RECORD_BYTES = 1_000;
    private static final int RECORDS = 1_000_000;
    private static final int WARM_UP_RECORDS = 200_000;

    private final ReleasedTools tools;

    StockTools(ReleasedTools tools) {
        this.tools = tools;
    }

    void run(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.NONE);
        try (RawConnection connection = broker.connect()) {
            Topic.create(connection, "warm", PARTITIONS);
            Topic.create(connection, "perf", PARTITIONS);
        }
        String address = "127.0.0.1:" + broker.address().getPort();
        produce(address, "warm", WARM_UP_RECORDS);
        consume(address, "warm", WARM_UP_RECORDS);
        double gigabytes = (double) RECORDS * RECORD_BYTES / 1e9;

        ProcessFigures before = broker.figures();
        sheet.add(Figure.PRODUCED, produce(address, "perf", RECORDS));
        ProcessFigures between = broker.figures();
        sheet.add(Figure.PRODUCED_CPU, between.cpuSecondsSince(before) / gigabytes);
        Consumed consumed = consume(address, "perf", RECORDS);
        ProcessFigures after = broker.figures();
        sheet.add(Figure.CONSUMED, consumed.perSecond());
        sheet.add(Figure.CONSUMED_JOINING, consumed.joiningMs());
        sheet.add(Figure.CONSUMED_FETCHING, consumed.perSecondSinceJoined());
        sheet.add(Figure.CONSUMED_CPU, after.cpuSecondsSince(between) / gigabytes);
        sheet.add(Figure.PEAK, after.peakMb());
    }

    /** MB/s, counted in 1024 x 1024 bytes as the tool does. */
    private double produce(String address, String topic, int records) throws IOException, InterruptedException {
        String out = tools.run(
                "org.apache.kafka.tools.ProducerPerformance",
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--record-size",
                Integer.toString(RECORD_BYTES),
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

    /** From the tool's start on, and from the moment on when it had joined its group; in MB as the tool counts them. */
    private record Consumed(double perSecond, double joiningMs, double perSecondSinceJoined) {}

    /** From the beginning of the topic. */
    private Consumed consume(String address, String topic, int records) throws IOException, InterruptedException {
        String out = tools.run(
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
        return new Consumed(
                Double.parseDouble(columns[3]), Double.parseDouble(columns[6]), Double.parseDouble(columns[8]));
    }
}
