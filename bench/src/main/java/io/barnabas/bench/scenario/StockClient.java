package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.load.Limit;
import io.barnabas.bench.load.LoadResult;
import io.barnabas.bench.load.Topic;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The stock producer and consumer of Apache Kafka 4.3.1 in one process on the processors of the load, which is told what to
 * do next and so stays warm from turn to turn. It is started when it is first needed and ends with this process, since that
 * ends its input. Used by one thread.
 */
final class StockClient {
    private static final String DONE = "done ";

    private final ReleasedTools tools;
    private BufferedWriter orders;
    private BufferedReader answers;

    StockClient(ReleasedTools tools) {
        this.tools = tools;
    }

    /**
     * How a stock producer is set up; everything else is its default.
     *
     * @param codec by the client's name for it
     */
    record Producing(int recordBytes, String acks, boolean idempotent, String codec) {}

    LoadResult produce(Contender broker, Topic topic, Producing producing, Limit limit) throws IOException {
        return order(String.format(
                Locale.ROOT,
                "produce %s %s %d %s %b %s %.3f %d",
                broker.bootstrapServers(),
                topic.name(),
                producing.recordBytes(),
                producing.acks(),
                producing.idempotent(),
                producing.codec(),
                limit.seconds(),
                limit.payloadBytes()));
    }

    /** Reads all partitions from their beginnings until so many bytes have come. */
    LoadResult consume(Contender broker, Topic topic, int partitions, long bytes) throws IOException {
        return order("consume " + broker.bootstrapServers() + " " + topic.name() + " " + partitions + " " + bytes);
    }

    private LoadResult order(String line) throws IOException {
        if (orders == null) {
            Process process = tools.start(Pins.LOAD, "io.barnabas.scenario.StockLoad");
            orders = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
        }
        orders.write(line);
        orders.newLine();
        orders.flush();
        StringBuilder printed = new StringBuilder();
        for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
            if (answer.startsWith(DONE)) {
                String[] words = answer.split(" ");
                return LoadResult.ofBytes(Long.parseLong(words[1]), Double.parseDouble(words[2]));
            }
            printed.append(answer).append('\n');
        }
        throw new IOException("the stock client failed:\n" + printed);
    }
}
