package io.barnabas.bench.scenario;

import io.barnabas.bench.load.Payload;
import io.barnabas.bench.load.ProduceShape;
import io.barnabas.bench.report.GoalsReport;
import io.barnabas.bench.scenario.LoadScenario.Preparation;
import io.barnabas.wire.record.Compression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All scenarios, by name, in the order in which they run. */
public final class Scenarios {
    /** No broker takes part in this one: what the machine can do at most. */
    public static final String LIMITS = "limits";

    /** All those that a goal is about. */
    public static final String GOALS = "goals";

    private static final long GIGABYTE = 1_000_000_000;

    /** Four requests beyond the 99.9th percentile at 500 a second. */
    private static final double LATENCY_SECONDS = 8;

    private static final short ALL = -1;
    private static final short LEADER = 1;

    private final Map<String, Scenario> byName = new LinkedHashMap<>();
    private final Set<String> onlyByName = new HashSet<>();

    /**
     * @param home the checkout, where the stock tools are
     * @param coldBytes what the reader of cold data reads
     */
    public Scenarios(Path home, long coldBytes) {
        ReleasedTools tools = new ReleasedTools(home);
        addProducers();
        addReaders();
        addStockClient(new StockClient(tools));
        addLatencies();
        addDurable();
        addLives(tools);
        addCrowds();
        addData(coldBytes);
    }

    /** All of them when no names are given, except for those that take very long. */
    public List<Scenario> named(List<String> names) {
        if (names.isEmpty()) {
            return byName.values().stream()
                    .filter(scenario -> !onlyByName.contains(scenario.name()))
                    .toList();
        }
        List<Scenario> chosen = new ArrayList<>();
        for (String name : names) {
            Scenario scenario = byName.get(name);
            if (scenario != null) {
                chosen.add(scenario);
            } else if (name.equals(GOALS)) {
                GoalsReport.scenarios().forEach(measured -> chosen.add(byName.get(measured)));
            } else if (!name.equals(LIMITS)) {
                throw new IllegalArgumentException(
                        "no scenario " + name + "; there are " + byName.keySet() + ", " + GOALS + " and " + LIMITS);
            }
        }
        return chosen;
    }

    /** Their names, that of the machine's limits included. */
    public List<String> names() {
        List<String> names = new ArrayList<>(byName.keySet());
        names.add(LIMITS);
        return names;
    }

    private void addProducers() {
        load(
                "raw-produce-64k",
                "1 connection, 5 requests under way, batches of 64 KB of 1 KB records, acks=all, idempotent",
                produce(1, new ProduceShape(1024, 65_536, ALL, true, Compression.NONE, Payload.LETTERS)));
        load(
                "raw-produce-16k",
                "1 connection, 5 requests under way, batches of 16 KB of 1 KB records, acks=1",
                produce(1, new ProduceShape(1024, 16_384, LEADER, false, Compression.NONE, Payload.LETTERS)));
        load(
                "raw-produce-1k",
                "1 connection, 5 requests under way, one record of 1 KB a request, acks=1",
                produce(1, new ProduceShape(1024, 0, LEADER, false, Compression.NONE, Payload.LETTERS)));
        load(
                "raw-produce-lz4",
                "as raw-produce-64k, of JSON in lz4; GB of records before compression",
                produce(1, new ProduceShape(1024, 65_536, ALL, true, Compression.LZ4, Payload.JSON)));
        load(
                "raw-produce-zstd",
                "as raw-produce-64k, of JSON in zstd; GB of records before compression",
                produce(1, new ProduceShape(1024, 65_536, ALL, true, Compression.ZSTD, Payload.JSON)));
        load(
                "raw-produce-gzip",
                "as raw-produce-64k, of JSON in gzip; GB of records before compression",
                produce(1, new ProduceShape(1024, 65_536, ALL, true, Compression.GZIP, Payload.JSON)));
        load(
                "raw-produce-snappy",
                "as raw-produce-64k, of JSON in snappy; GB of records before compression",
                produce(1, new ProduceShape(1024, 65_536, ALL, true, Compression.SNAPPY, Payload.JSON)));
        load(
                "raw-metadata",
                "1 connection, 1 request under way, about one topic",
                broker -> new MetadataTurn(broker, 1));
        load(
                "raw-metadata-8",
                "8 connections, 1 request under way on each, about one topic",
                broker -> new MetadataTurn(broker, 8));
    }

    private static Preparation produce(int connections, ProduceShape shape) {
        return broker -> new ProduceTurn(broker, connections, shape);
    }

    private void addReaders() {
        load("raw-fetch-1m", "hot data, 1 connection, parts of 1 MB", broker -> new FetchTurn(broker, 1, 1 << 20));
        load("raw-fetch-1m-4", "hot data, 4 connections, parts of 1 MB", broker -> new FetchTurn(broker, 4, 1 << 20));
        load("raw-fetch-64k", "hot data, 1 connection, parts of 64 KB", broker -> new FetchTurn(broker, 1, 1 << 16));
    }

    private void addStockClient(StockClient client) {
        String read = "a stock consumer reads " + StockConsumeTurn.WRITTEN_BYTES / 1_000_000
                + " MB of 1 KB records in 16 KB batches from the start of " + StockConsumeTurn.PARTITIONS
                + " partitions, ";
        load("consume-hot", read + "written just before", broker -> StockConsumeTurn.hot(broker, client));
        load("consume-cold", read + "from the disk", broker -> StockConsumeTurn.cold(broker, client));
        ProduceMatrix matrix = new ProduceMatrix(client);
        List<LoadScenario> all = new ArrayList<>();
        for (int recordBytes : new int[] {100, 1_000, 10_000}) {
            List<LoadScenario> cells = matrix.cells(recordBytes);
            all.addAll(cells);
            matrix("produce-matrix-" + recordBytes, cells);
        }
        matrix("produce-matrix", all);
    }

    private void matrix(String name, List<LoadScenario> cells) {
        byName.put(
                name,
                new MatrixScenario(
                        name,
                        "a stock producer with its defaults but for what is named, in a process that stays warm; GB of records"
                                + " before compression",
                        cells));
        onlyByName.add(name);
    }

    private void addLatencies() {
        for (int readers : new int[] {1, 4}) {
            load(
                    "tail-" + readers,
                    "open loop, 1,000 batches of 16 KB a second, acks=all, all of it read at once by each of " + readers
                            + "; GB as written",
                    broker -> FanOutTurn.atFixedRate(broker, readers));
        }
        load(
                "mixed",
                "1 connection, 5 batches of 64 KB under way, acks=all, all of it read at once by 1 reader; GB as written",
                broker -> FanOutTurn.atFullSpeed(broker, 1));
        ProduceShape record = new ProduceShape(1024, 0, ALL, false, Compression.NONE, Payload.LETTERS);
        atFixedRate("rate-500", "open loop, 500 records of 1 KB a second, acks=all", 500, record);
        atFixedRate("rate-5000", "open loop, 5,000 records of 1 KB a second, acks=all", 5_000, record);
        load(
                "end-to-end",
                "one record of 1 KB at a time, acks=all, to a reader that waits",
                broker -> new EndToEndTurn(broker, record));
    }

    private void atFixedRate(String name, String about, double requestsPerSecond, ProduceShape shape) {
        byName.put(
                name,
                new LoadScenario(
                        name, about, broker -> new RateTurn(broker, requestsPerSecond, shape), LATENCY_SECONDS));
    }

    private void addDurable() {
        for (int producers : new int[] {1, 10, 100}) {
            String about =
                    producers + " connections, 1 request under way each, one record of 1 KB, one partition, acks=all";
            load("shared-" + producers, about, broker -> SharedTurn.plain(broker, producers));
            load(
                    "durable-" + producers,
                    about + ", answered when on disk (flush.messages=1 in Kafka)",
                    broker -> SharedTurn.durable(broker, producers));
        }
    }

    private void addLives(ReleasedTools tools) {
        life("start", "exec on an empty directory to the first acknowledged record; then 5 s of rest", Lives::start);
        manyFiles("topics-1000", "1,000 topics of one partition, made one after the other", Lives::thousandTopics);
        manyFiles("partitions-5000", "a topic of 5,000 partitions; then a clean restart", Lives::manyPartitions);
        manyFiles(
                "partitions-20000",
                "20 topics of 1,000 partitions, a record in each, with at most 8,192 open files; a clean restart, one after kill -9",
                Crowds::twentyThousand);
        life(
                "stock-tools",
                "kafka-producer-perf-test and kafka-consumer-perf-test, 1 KB records, 6 partitions, nobody pinned",
                new StockTools(tools)::run);
        life(
                "transactions",
                "one stock producer, one transaction after the other, of 1 record and of 100; latency from the send of"
                        + " the 1 to a read_committed consumer; nobody pinned",
                new Transactions(tools)::run);
    }

    private void addCrowds() {
        for (int connections : new int[] {1_000, 5_000}) {
            life(
                    "connections-" + connections,
                    connections + " connections: idle, then asking about a topic, each in its turn, 8 at a time",
                    new ManyConnections(connections));
        }
        life(
                "group-200",
                "200 members of one group: the first generation, with the broker's own delay; then all join again with new"
                        + " metadata, until each has its assignment",
                new LargeGroup(200));
    }

    private void addData(long coldBytes) {
        life(
                "cold-reader",
                "open loop, 500 records of 1 KB a second, acks=all, while another client reads " + coldBytes / 1_000_000
                        + " MB of another topic from the disk",
                new ColdReads(coldBytes));
        life("stop", "SIGTERM with 1,000 partitions and 200 MB in ten of them", MuchData::stop);
        life(
                "start-killed-1g",
                "kill -9 with 1 GB in 10 partitions, then exec until served",
                MuchData.killed(GIGABYTE));
        life(
                "start-killed-10g",
                "kill -9 with 10 GB in 10 partitions, then exec until served",
                MuchData.killed(10 * GIGABYTE));
        onlyByName.add("start-killed-10g");
    }

    private void load(String name, String about, Preparation preparation) {
        byName.put(name, new LoadScenario(name, about, preparation));
    }

    private void life(String name, String about, LifeScenario.Run run) {
        byName.put(name, new LifeScenario(name, about, run, false));
    }

    private void manyFiles(String name, String about, LifeScenario.Run run) {
        byName.put(name, new LifeScenario(name, about, run, true));
    }
}
