package io.barnabas.bench.scenario;

import java.util.ArrayList;
import java.util.List;

/** Every way in which a stock producer is commonly set up, times a few sizes of records and of topics. */
final class ProduceMatrix {
    private static final List<Integer> PARTITIONS = List.of(1, 6, 100);
    private static final List<String> CODECS = List.of("none", "lz4", "zstd", "gzip", "snappy");

    private final StockClient client;

    ProduceMatrix(StockClient client) {
        this.client = client;
    }

    /** Who has to have a record before it is acknowledged, and whether it may come twice; only with all it may not. */
    private record Promise(String acks, boolean idempotent) {
        static final List<Promise> ALL =
                List.of(new Promise("1", false), new Promise("all", false), new Promise("all", true));

        String about() {
            return "acks=" + acks + (idempotent ? ", idempotent" : "");
        }
    }

    List<LoadScenario> cells(int recordBytes) {
        List<LoadScenario> cells = new ArrayList<>();
        for (Promise promise : Promise.ALL) {
            for (int partitions : PARTITIONS) {
                for (String codec : CODECS) {
                    cells.add(cell(
                            partitions,
                            new StockClient.Producing(recordBytes, promise.acks(), promise.idempotent(), codec),
                            promise.about()));
                }
            }
        }
        return cells;
    }

    private LoadScenario cell(int partitions, StockClient.Producing producing, String promise) {
        String name = producing.recordBytes() + " B, " + promise + ", " + partitions
                + (partitions == 1 ? " partition, " : " partitions, ") + producing.codec();
        return new LoadScenario(
                "produce-matrix: " + name,
                "a stock producer; GB of records before compression",
                broker -> new StockProduceTurn(broker, client, partitions, producing));
    }
}
