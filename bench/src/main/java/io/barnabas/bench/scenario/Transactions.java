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

/** A stock producer commits one transaction after the other, and a stock consumer reads what is committed. */
final class Transactions {
    private static final Pattern PRINTED =
            Pattern.compile("([\\d.]+) transactions/s, p50 ([\\d.]+) ms, p99 ([\\d.]+) ms");
    private static final int SECONDS = 5;
    /** The program warms up for a while before it counts. */
    private static final double SECONDS_IN_ALL = 1.3 * SECONDS;

    private final ReleasedTools tools;

    Transactions(ReleasedTools tools) {
        this.tools = tools;
    }

    void run(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.NONE);
        try (RawConnection connection = broker.connect()) {
            Topic.create(connection, "small", 1);
            Topic.create(connection, "large", 1);
        }
        run(broker, "small", 1); // Loads classes, makes the topic of transactions.
        ProcessFigures before = broker.figures();
        Matcher small = run(broker, "small", 1);
        double perSecond = Double.parseDouble(small.group(1));
        sheet.add(Figure.TRANSACTIONS, perSecond);
        sheet.add(
                Figure.CPU_PER_TRANSACTION,
                broker.figures().cpuSecondsSince(before) * 1e6 / (perSecond * SECONDS_IN_ALL));
        sheet.add(Figure.P50, Double.parseDouble(small.group(2)));
        sheet.add(Figure.P99, Double.parseDouble(small.group(3)));
        sheet.add(
                Figure.LARGE_TRANSACTIONS,
                Double.parseDouble(run(broker, "large", 100).group(1)));
    }

    private Matcher run(Contender broker, String topic, int records) throws IOException, InterruptedException {
        String out = tools.run(
                "io.barnabas.scenario.TransactionPace",
                broker.bootstrapServers(),
                topic,
                Integer.toString(records),
                Integer.toString(SECONDS));
        Matcher matcher = PRINTED.matcher(out);
        if (!matcher.find()) {
            throw new IOException("not understood:\n" + out);
        }
        return matcher;
    }
}
